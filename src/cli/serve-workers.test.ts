/** `serve --workers`: several processes over one database and one real Redis, as one service. Needs a build. */
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@keyv/redis";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { hasRedisServer, type RedisServer, startRedisServer } from "../../calibrate/redis-server.ts";
import { listen, type ServedScenario, servedBy } from "./served-scenario.test-support.ts";
import { type Running, type WatchedFolder, workshopFolder } from "./watched-folder.test-support.ts";

// Whole commands, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 180_000 });

const STATISTICS = "/datasets/1/statistics";
const WORKERS = 3;
const isRequired = process.env["REQUIRE_SERVICES"] === "1";

test("several processes without a cache that they could share are refused in one line", async () => {
  const { start } = workshopFolder();
  expect(await start("setup-test-data").ended()).toBe(0);
  const running = start("serve", "--port", "0", "--workers", "2");
  expect(await running.ended()).toBe(2);
  expect(running.text()).toContain("2 processes cannot share a cache that is in the memory of one");
  expect(running.text()).toContain("--cache redis://");
});

describe.skipIf(!hasRedisServer() && !isRequired)("with a redis-server (install redis-server to run these)", () => {
  test("a write through each process is seen through every other with the reference fix, and summed", async () => {
    const { served, running } = await bench("--service", "reference");
    const processes = await connections(served);
    let expected = 15;
    for (const writer of processes) {
      expect(await writer("POST", "/datasets/1/downloads", { user_id: 11 })).toMatchObject({ status: 201 });
      expected += 1;
      for (const reader of processes) expect(await downloads(reader)).toBe(expected);
    }
    const { totals, figures } = await served.until(
      (state) => state.totals.reads === WORKERS * WORKERS + 1 && state.totals.writes === WORKERS,
    ); // the last one is the look of whoever asks, as a page does
    expect(figures.actual).toBe(18);
    expect(totals).toMatchObject({ writes: WORKERS, staleAnswers: 0, failures: 0 });
    expect(totals.hits).toBeGreaterThan(0);
    const { text } = await served.get("/metrics");
    expect(text).toMatch(/^http_request_duration_seconds_count\{route="[^"]*",status="201"\} 3$/mu);
    expect(text).toMatch(/^stale_answers_total 0$/mu);
    await stop(running);
  });

  test("as shipped every process serves the same stale answer, which is counted; the page hears of all requests", async () => {
    const { served, running } = await bench();
    const stream = listen(served.port);
    await stream.until((events) => events.some(({ steps }) => steps.some(({ kind }) => kind === "answer"))); // a look
    const processes = await connections(served);
    const [writer, ...readers] = processes;
    for (const each of processes) expect(await downloads(each)).toBe(15);
    expect(await writer?.("POST", "/datasets/1/downloads", { user_id: 11 })).toMatchObject({ status: 201 });
    for (const each of readers) expect(await downloads(each)).toBe(15);
    const { totals } = await served.until(
      (state) => state.totals.staleAnswers === readers.length && state.totals.writes === 1,
    );
    expect(totals).toMatchObject({ reads: 2 * WORKERS, writes: 1, failures: 0 });
    const arrivals = (): number[] =>
      stream.events.flatMap(({ steps }) => steps.filter(({ kind }) => kind === "arrival").map((step) => step.request));
    await stream.until(() => arrivals().length === 2 * WORKERS + 1);
    expect(new Set(arrivals()).size).toBe(2 * WORKERS + 1);
    await stop(running);
  });

  test("each order reaches every process: outages, an hour, the start again, which leaves nothing in the Redis", async () => {
    const { served, running, redis } = await bench();
    const processes = await connections(served);
    for (const each of processes) await downloads(each);
    await served.order("outage", { fault: "miss" });
    for (const each of processes) await each("POST", "/datasets/1/downloads", { user_id: 11 });
    for (const each of processes) expect(await downloads(each)).toBe(18);
    await served.order("outage", { fault: null });
    for (const each of processes) expect(await downloads(each)).toBe(15);
    expect(await served.order("advance", { minutes: 61 })).toMatchObject({ clock: { ahead: 61 * 60_000 } });
    for (const each of processes) expect(await downloads(each)).toBe(18);
    expect(await served.order("start-again")).toMatchObject({ clock: { ahead: 0 }, figures: { actual: 15 } });
    for (const each of processes) expect(await downloads(each)).toBe(15);
    await vi.waitUntil(async () => (await entriesIn(redis)).every((key) => /^[^:]+-2:/u.test(key)), {
      timeout: 20_000,
    });
    expect((await entriesIn(redis)).length).toBeGreaterThan(0);
    await stop(running);
  });

  test("a fix that is saved is loaded by all; one that ends is started again with it, while the others serve", async () => {
    const { served, running, workshop } = await bench();
    await served.order("start-again"); // what is started later belongs to this world
    const file = join(workshop.folder, "statistics.ts");
    const change = '\n  if (c.req.query("exit")) process.exit(3);\n  c.header("x-fixed", "1");';
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace("const { cache, db } = c.var;", (found) => found + change),
    );
    await served.until(({ handlers }) => handlers.version === 2);
    const processes = await connections(served);
    const fixed = async (ask: Ask): Promise<boolean> => (await ask("GET", STATISTICS)).headers["x-fixed"] === "1";
    for (const each of processes) await vi.waitUntil(() => fixed(each), { timeout: 20_000 });
    for (const [index, each] of processes.entries()) {
      await expect(each("GET", `${STATISTICS}?exit=1`)).rejects.toThrow(/socket hang up|ECONNRESET/u);
      await running.seen("statistics.ts:16:");
      const rest = processes.slice(index + 1);
      for (const other of rest) expect(await fixed(other)).toBe(true);
      await running.seen("started again");
    }
    for (const each of await connections(served)) expect(await fixed(each)).toBe(true);
    await served.until(({ traffic }) => traffic.inFlight === 0);
    expect((await served.order("write", { count: 1 })).figures.actual).toBe(16);
    await stop(running);
  });
});

interface Bench {
  readonly workshop: WatchedFolder;
  readonly running: Running;
  readonly served: ServedScenario;
  readonly redis: RedisServer;
}

async function bench(...args: string[]): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "serve-workers-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const redis = await startRedisServer({ folder, settings: {} });
  onTestFinished(() => redis.stop());
  const workshop = workshopFolder();
  expect(await workshop.start("setup-test-data").ended()).toBe(0);
  const running = workshop.start(
    "serve",
    "--port",
    "0",
    "--workers",
    String(WORKERS),
    "--cache",
    redis.url(0),
    ...args,
  );
  const served = await servedBy(running);
  // Who asks for the state has opened a page: its look is over before anybody writes.
  await served.until(({ cache, figures }) => cache.health === "ok" && figures.shown !== null);
  return { workshop, running, served, redis };
}

type Ask = (
  method: string,
  path: string,
  body?: object,
) => Promise<{ status: number | undefined; headers: Record<string, unknown>; text: string }>;

/** One connection to each process: they take connections in turn. */
async function connections({ port }: ServedScenario): Promise<Ask[]> {
  const asks = Array.from({ length: WORKERS }, () => connection(port));
  for (const ask of asks) await ask("GET", "/health"); // connects now, one after the other
  return asks;
}

function connection(port: number): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return async (method, path, body) => {
    const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<Ask>>>();
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const sent = request({ host: "127.0.0.1", port, agent, method, path, headers }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => void (text += chunk.toString()));
      response.once("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    sent.once("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
    return await promise;
  };
}

async function downloads(ask: Ask): Promise<number> {
  const { text } = await ask("GET", STATISTICS);
  return (JSON.parse(text) as { total_downloads: number }).total_downloads;
}

async function entriesIn(redis: RedisServer): Promise<string[]> {
  const client = createClient({ url: redis.url(0) });
  await client.connect();
  try {
    return (await client.sendCommand<string[]>(["KEYS", "*"])).filter((key) => !key.endsWith(":trial"));
  } finally {
    client.destroy();
  }
}

async function stop(running: Running): Promise<void> {
  running.signal("SIGINT");
  expect(await running.ended()).toBe(130);
}
