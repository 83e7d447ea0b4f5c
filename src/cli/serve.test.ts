/** `serve` as people start it: the story through the port, fixes saved while it runs, and everything that handlers do to it. Needs a build. */
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { askAs, listen, type ServedScenario, servedBy } from "./served-scenario.test-support.ts";
import { type Running, type WatchedFolder, workshopFolder } from "./watched-folder.test-support.ts";

// Whole commands, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 180_000 });

const STATISTICS = "/datasets/1/statistics";

interface Bench {
  readonly workshop: WatchedFolder;
  readonly running: Running;
  readonly served: ServedScenario;
  /** Saves a handler file with a change to it. */
  save(file: string, from: string | RegExp, to: string): void;
}

async function bench(...args: string[]): Promise<Bench> {
  const workshop = workshopFolder();
  expect(await workshop.start("setup-test-data").ended()).toBe(0);
  const shipped = (file: string): string => readFileSync(join(workshop.folder, file), "utf8");
  const originals = new Map(["downloads.ts", "statistics.ts"].map((file) => [file, shipped(file)]));
  const running = workshop.start("serve", "--port", "0", ...args);
  const served = await servedBy(running);
  return {
    workshop,
    running,
    served,
    save: (file, from, to) => {
      const text = originals.get(file) ?? "";
      const changed = text.replace(from, () => to);
      if (changed === text) throw new Error(`${file} does not contain ${String(from)}`);
      writeFileSync(join(workshop.folder, file), changed);
    },
  };
}

async function stop(running: Running): Promise<void> {
  running.signal("SIGINT");
  expect(await running.ended()).toBe(130);
}

const FIX = [
  / {2}return c\.json\(\{ download_id/u,
  "  await c.var.cache.delete(`dataset_stats_${id}`);\n  return c.json({ download_id",
] as const;

test("the CEO's morning: 15 and 15, twenty downloads, 15 and 35, a fix that does not heal what is poisoned, 36 and 36", async () => {
  const { served, save, running } = await bench();
  expect((await served.order("look")).figures).toMatchObject({
    shown: 15,
    actual: 15,
    gap: 0,
    hidden: null,
    fromCache: false,
  });
  const after = await served.order("write", { count: 20 });
  expect(after.figures).toMatchObject({ shown: 15, actual: 35, gap: 20, fromCache: true });
  expect(after.figures.hidden).toBeCloseTo(20 / 35);
  expect(after.entry).toMatchObject({ key: "dataset_stats_1", stale: true });
  expect(after).toMatchObject({
    poisonedBeforeFix: false,
    totals: { reads: 2, writes: 20, hits: 1, misses: 1, sets: 1, deletes: 0, staleAnswers: 1 },
  });
  save("downloads.ts", ...FIX);
  const fixed = await served.until(({ handlers }) => handlers.version === 2);
  expect(fixed).toMatchObject({ handlers: { source: "working copy", fault: null }, poisonedBeforeFix: true });
  expect((await served.order("look")).figures).toMatchObject({ shown: 15, actual: 35 });
  const healed = await served.order("write", { count: 1 });
  expect(healed).toMatchObject({ figures: { shown: 36, actual: 36, gap: 0 }, poisonedBeforeFix: false });
  expect((await served.get("/metrics")).text).toMatch(/^cache_invalidation_lag_seconds_count 1$/mu);
  await stop(running);
});

test("what was written since a look that was true is not called missing, and the entry that lost its delete is", async () => {
  const { served, save, running } = await bench();
  save("downloads.ts", ...FIX);
  await served.until(({ handlers }) => handlers.version === 2);
  await served.order("look");
  expect(await served.post("/datasets/1/downloads", { user_id: 11 })).toMatchObject({ status: 201 });
  const unseen = await served.until(({ figures }) => figures.actual === 16);
  expect(unseen).toMatchObject({ figures: { shown: 15, gap: 1, awaitsLook: true, hidden: null }, lostDelete: false });
  expect((await served.order("look")).figures).toMatchObject({ shown: 16, gap: 0, awaitsLook: false });
  await served.order("outage", { fault: "false" });
  await served.order("write", { count: 1 });
  const after = await served.order("outage", { fault: null });
  expect(after).toMatchObject({ figures: { shown: 16, gap: 1, awaitsLook: false }, lostDelete: true });
  expect(after.figures.hidden).toBeCloseTo(1 / 17);
  expect(await served.order("write", { count: 1 })).toMatchObject({ figures: { gap: 0 }, lostDelete: false });
  await stop(running);
});

test("an hour lets a poisoned entry run out, and the way back to the start has the data as set up", async () => {
  const { served, running } = await bench();
  await served.order("look");
  await served.order("write", { count: 3 });
  const later = await served.order("advance", { minutes: 61 });
  expect(later).toMatchObject({ figures: { shown: 18, actual: 18, fromCache: false }, clock: { ahead: 61 * 60_000 } });
  const stream = listen(served.port);
  await stream.until((events) => events.length > 0);
  const again = await served.order("start-again");
  expect(again).toMatchObject({
    figures: { shown: 15, actual: 15 },
    clock: { ahead: 0 },
    totals: { reads: 1, writes: 0, staleAnswers: 0 },
  });
  await stream.until((events) => events.filter(({ event }) => event === "snapshot").length === 2);
  await stream.until((events) => events.flatMap(({ points }) => points).at(-1)?.shown === 15);
  await stop(running);
});

test("the cache fails in each way while it is told to, and what hangs is answered when it ends", async () => {
  const { served, running } = await bench();
  await served.order("look");
  for (const fault of ["miss", "false"] as const) {
    expect(await served.order("outage", { fault })).toMatchObject({
      figures: { fromCache: false },
      cache: { outage: fault, health: "degraded" },
    });
    expect(JSON.parse((await served.get("/health")).text)).toMatchObject({ status: "degraded" });
  }
  await served.order("outage", { fault: "error" });
  expect(await served.get(STATISTICS)).toMatchObject({ status: 200 }); // Keyv takes an error for a miss
  expect((await served.get("/metrics")).text).toMatch(/^cache_errors_total [1-9]/mu);
  await served.order("outage", { fault: "hang" });
  const hanging = served.get(STATISTICS);
  await served.until(({ traffic }) => traffic.inFlight >= 2); // the viewer's look, and this one
  expect(await served.order("outage", { fault: null })).toMatchObject({ cache: { outage: null, health: "ok" } });
  expect(await hanging).toMatchObject({ status: 200 });
  await served.until(({ traffic }) => traffic.inFlight === 0);
  await stop(running);
});

test("requests under way finish on the handlers with which they began", async () => {
  const { served, save, running } = await bench();
  await served.order("outage", { fault: "hang" });
  const hanging = served.get(STATISTICS);
  await served.until(({ traffic }) => traffic.inFlight >= 2);
  save("statistics.ts", "return c.json(statistics);", "return c.json({ ...statistics, version: 2 });");
  await served.until(({ handlers }) => handlers.version === 2);
  await served.order("outage", { fault: null });
  expect((await hanging).text).not.toContain("version");
  await served.order("clear-cache");
  await served.order("outage", { fault: "miss" });
  expect((await served.get(STATISTICS)).text).toContain('"version":2');
  await stop(running);
});

test("a file that does not load is told with its place, and the last good one goes on until it is mended", async () => {
  const { served, save, running } = await bench();
  save("downloads.ts", "const { db } = c.var;", "const { db } = ;");
  const broken = await served.until(({ handlers }) => handlers.fault !== null);
  expect(broken.handlers).toMatchObject({ version: 1, fault: { location: { file: "downloads.ts", line: 5 } } });
  await running.seen("downloads.ts:5:");
  expect(await served.post("/datasets/1/downloads", { user_id: 11 })).toMatchObject({ status: 201 });
  save("downloads.ts", ...FIX);
  expect((await served.until(({ handlers }) => handlers.fault === null)).handlers.version).toBeGreaterThan(1);
  await stop(running);
});

test("handlers that never come back are ended, and the service goes on with its port, its data and a word about the line", async () => {
  const { served, save, running } = await bench();
  await served.post("/datasets/1/downloads", { user_id: 11 });
  save(
    "statistics.ts",
    "const { cache, db } = c.var;",
    'const { cache, db } = c.var;\n  while (c.req.query("loop")) {}',
  );
  await served.until(({ handlers }) => handlers.version === 2);
  const stream = listen(served.port);
  await stream.until((events) => events.length > 0);
  const lost = served.get(`${STATISTICS}?loop=1`).catch(() => null);
  await running.seen("look for a loop that does not end");
  await running.seen("started again");
  expect(await lost).toBeNull();
  const state = await served.state();
  expect(state.handlers).toMatchObject({ version: 2, fault: { location: { file: "statistics.ts", line: 16 } } });
  expect(state.figures.actual).toBe(16);
  const again = listen(served.port, stream.events.at(-1)?.id);
  await again.until((events) => events.length > 0);
  expect(again.events[0]?.event).toBe("snapshot"); // another start: what was remembered is gone
  expect(await served.get(STATISTICS)).toMatchObject({ status: 200 });
  await stop(running);
});

test("handlers that end the process, or throw where nobody awaits it, are named with their line", async () => {
  const { served, save, running } = await bench();
  save(
    "statistics.ts",
    "const { cache, db } = c.var;",
    'const { cache, db } = c.var;\n  if (c.req.query("exit")) process.exit(3);\n  if (c.req.query("late")) setTimeout(() => { throw new Error("late"); });',
  );
  await served.until(({ handlers }) => handlers.version === 2);
  await served.get(`${STATISTICS}?exit=1`).catch(() => null);
  await running.seen("statistics.ts:16:");
  await running.seen("started again");
  await served.get(`${STATISTICS}?late=1`).catch(() => null);
  await running.seen("statistics.ts:17:");
  await running.seen("started again");
  expect(await served.get(STATISTICS)).toMatchObject({ status: 200 });
  await stop(running);
});

test("handlers that end the process as soon as it runs are left out after a few times, until others are saved", async () => {
  const { served, save, running } = await bench();
  save("statistics.ts", "const ONE_HOUR", "setTimeout(() => process.exit(9), 50);\nconst ONE_HOUR");
  for (let n = 0; n < 4; n += 1) await running.seen("The handlers ended the process (exit code 9).");
  await served.until(({ handlers }) => handlers.version === 0 && handlers.fault !== null);
  expect(await served.get(STATISTICS)).toMatchObject({ status: 503 });
  save("statistics.ts", "ONE_HOUR = 60 *", "ONE_HOUR = 61 *");
  await served.until(({ handlers }) => handlers.fault === null);
  expect(await served.get(STATISTICS)).toMatchObject({ status: 200 });
  await stop(running);
});

test("a page that comes back hears what it missed, once and in order", async () => {
  const { served, running } = await bench();
  const first = listen(served.port);
  await first.until((events) => events.length > 0);
  await served.order("look");
  await first.until((events) => events.some(({ steps }) => steps.some(({ kind }) => kind === "answer")));
  first.close();
  const known = first.events.at(-1);
  const last = first.events.flatMap(({ steps }) => steps).at(-1)?.position ?? 0;
  await served.order("write", { count: 2 });
  const second = listen(served.port, known?.id);
  const positions = (): number[] => second.events.flatMap(({ steps }) => steps.map(({ position }) => position));
  await second.until((events) => events.length > 0);
  await served.order("look");
  await second.until((events) => events.length > 1);
  expect(second.events.map(({ event }) => event)).not.toContain("snapshot");
  expect(positions()).toEqual(positions().map((_, n) => last + 1 + n));
  await stop(running);
});

test("two serve at once on ports of their own; a port that was asked for and is taken is an error in words", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? String(address.port) : "";
  const { workshop, running, served } = await bench();
  const other = workshop.start("serve");
  const second = await servedBy(other);
  expect(second.port).not.toBe(served.port);
  await second.order("write", { count: 1 });
  expect((await second.state()).figures.actual).toBe(16);
  expect((await served.state()).figures.actual).toBe(15);
  const refused = workshop.start("serve", "--port", port);
  expect(await refused.ended()).toBe(6);
  expect(refused.text()).toContain(`Port ${port} is taken`);
  await stop(other);
  await stop(running);
});

test("the last verdict is shown with its story, from the start on, and is no longer current once the handlers have changed; the guide is served", async () => {
  const { workshop, served, save, running } = await bench();
  expect((await served.state()).verdict).toBeNull();
  expect(await workshop.start("test-your-fix").ended()).toBe(1);
  const { verdict } = await served.until((state) => state.verdict !== null);
  expect(verdict).toMatchObject({ current: true, verdict: { verdict: "fail", cause: "never-invalidated" } });
  expect(verdict?.verdict.counterexample?.steps.length).toBeGreaterThan(3);
  save("downloads.ts", ...FIX);
  await served.until((state) => state.verdict?.current === false);
  expect(await workshop.start("test-your-fix").ended()).toBe(0);
  await served.until((state) => state.verdict?.verdict.verdict === "pass" && state.verdict.current);
  const later = workshop.start("serve", "--port", "0");
  expect((await (await servedBy(later)).state()).verdict).toMatchObject({
    current: true,
    verdict: { verdict: "pass" },
  });
  await stop(later);
  const guide = await served.get("/api/guide", { authorization: `Bearer ${served.token}` });
  const [first] = (JSON.parse(guide.text) as { steps: unknown[] }).steps;
  expect(first).toMatchObject({ number: 1, html: expect.stringContaining("<h3>Say</h3>") });
  await stop(running);
});

test("for others in the network it warns, names an address, and still answers under this machine's names only", async () => {
  const { running, workshop } = await bench("--service", "starter", "--host", "localhost");
  expect(running.text()).not.toContain("warning");
  const open = workshop.start("serve", "--port", "0", "--host", "0.0.0.0");
  await open.seen("Ctrl-C");
  expect(open.text()).toMatch(/^warning {2}Everybody in this network/mu);
  const [, port = ""] = /:(\d+)\/#token/u.exec(open.text()) ?? [];
  const health = async (host: string): Promise<number> =>
    (await askAs({ port: Number(port), path: "/health", headers: { host } })).status;
  expect(await health(`127.0.0.1:${port}`)).toBe(200);
  expect(await health(`evil.example:${port}`)).toBe(421);
  await stop(open);
  await stop(running);
});

test("without a set-up it says what to run, like every command", async () => {
  const running = workshopFolder().start("serve");
  expect(await running.ended()).toBe(6);
  expect(running.text()).toContain("npx stale-stats setup-test-data stale-statistics");
});

test("Ctrl-C lets a request under way finish and ends at once; the reference has nothing to hide", async () => {
  const { served, running } = await bench("--service", "reference");
  expect(await served.order("write", { count: 2 })).toMatchObject({
    handlers: { source: "reference fix" },
    figures: { shown: 17, actual: 17 },
  });
  await served.order("clear-cache");
  await served.order("outage", { fault: "miss" });
  const underWay = served.get(STATISTICS);
  await served.until(({ traffic }) => traffic.inFlight > 0);
  running.signal("SIGINT");
  expect(await underWay).toMatchObject({ status: 200 });
  expect(await running.ended()).toBe(130);
});

test.each(["SIGKILL", "SIGHUP"] as const)(
  "after %s nothing is left of it either, though it could not say goodbye",
  async (signal) => {
    const { running, served } = await bench();
    listen(served.port);
    await served.order("stream", { perSecond: 20 });
    running.signal(signal);
    expect(await running.ended()).toBe(signal === "SIGKILL" ? null : 0);
  },
);

test("handlers that are broken from the start are served as soon as they load", async () => {
  const workshop = workshopFolder();
  expect(await workshop.start("setup-test-data").ended()).toBe(0);
  const file = join(workshop.folder, "statistics.ts");
  const shipped = readFileSync(file, "utf8");
  writeFileSync(file, "export const nothing = 1;\n");
  const running = workshop.start("serve", "--port", "0");
  const served = await servedBy(running);
  expect((await served.state()).handlers.fault?.message).toContain(
    "does not export a function called getDatasetStatistics",
  );
  expect(await served.get(STATISTICS)).toMatchObject({ status: 503 });
  writeFileSync(file, shipped);
  await served.until(({ handlers }) => handlers.fault === null);
  expect(await served.get(STATISTICS)).toMatchObject({ status: 200 });
  await stop(running);
});
