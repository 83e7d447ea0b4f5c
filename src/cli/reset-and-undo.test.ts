/** What overwrites handlers, and what brings them back, with real files: nothing a participant wrote is ever lost. */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { progress } from "../workspace/index.ts";
import { recordingIo, type RecordingIo } from "./recording-io.test-support.ts";
import { run as reset } from "./reset.ts";
import { run as setUp } from "./setup-test-data.ts";
import { run as undo } from "./undo.ts";

const scenario = "stale-statistics";

interface Bench {
  readonly io: RecordingIo;
  readonly folder: string;
  write(name: string, text: string): void;
  read(name: string): string;
  /** What `body` prints, on one line. */
  said(body: () => Promise<number>): Promise<string>;
}

async function workshop(): Promise<Bench> {
  const io = recordingIo();
  onTestFinished(io.remove);
  await setUp({ scenario }, io);
  const folder = join(io.cwd, "workshop", scenario);
  return {
    io,
    folder,
    write: (name, text) => writeFileSync(join(folder, name), text),
    read: (name) => readFileSync(join(folder, name), "utf8"),
    said: async (body) => {
      const before = io.printed().length;
      expect(await body()).toBe(0);
      return io.printed().slice(before).replaceAll(/\s+/gu, " ");
    },
  };
}

test("reset brings back the shipped handlers and keeps everything that was there", async () => {
  const { io, folder, write, read, said } = await workshop();
  const shipped = read("downloads.ts");
  write("downloads.ts", "// mine\n");
  write("cache-key.ts", "// my module\n");
  expect(await said(() => reset({ scenario }, io))).toContain("as shipped again: downloads.ts");
  expect(read("downloads.ts")).toBe(shipped);
  expect(read("cache-key.ts")).toBe("// my module\n");
  const kept = join(folder, ".stale-stats", "snapshots", "1", "files");
  expect(readdirSync(kept).sort()).toEqual(["cache-key.ts", "downloads.ts", "statistics.ts"]);
  expect(readFileSync(join(kept, "downloads.ts"), "utf8")).toBe("// mine\n");
  const events = await progress.listEvents({ home: join(io.cwd, "workshop"), slug: scenario });
  expect(events.map(({ kind }) => kind)).toEqual(["set-up", "reset"]);
});

test("a reset of what is as shipped does nothing, and takes no snapshot", async () => {
  const { io, folder, said } = await workshop();
  expect(await said(() => reset({ scenario }, io))).toContain("Nothing to do");
  expect(readdirSync(join(folder, ".stale-stats"))).not.toContain("snapshots");
});

test("a handler that is gone, renamed or empty is reset all the same", async () => {
  const { io, folder, write, read, said } = await workshop();
  const shipped = [read("downloads.ts"), read("statistics.ts")];
  renameSync(join(folder, "downloads.ts"), join(folder, "download.ts"));
  write("statistics.ts", "");
  expect(await said(() => reset({ scenario }, io))).toContain("downloads.ts, statistics.ts");
  expect([read("downloads.ts"), read("statistics.ts")]).toEqual(shipped);
});

test("undo goes back, undo again forth, and every state can be reached by its number", async () => {
  const { io, write, read, said } = await workshop();
  const shipped = read("downloads.ts");
  write("downloads.ts", "// first\n");
  await reset({ scenario }, io);
  write("downloads.ts", "// second\n");
  await reset({ scenario }, io);
  await undo({ scenario }, io);
  expect(read("downloads.ts")).toBe("// second\n");
  await undo({ scenario }, io);
  expect(read("downloads.ts")).toBe(shipped);
  await undo({ scenario }, io);
  expect(read("downloads.ts")).toBe("// second\n");
  await undo({ scenario, to: 1 }, io);
  expect(read("downloads.ts")).toBe("// first\n");
  expect(await said(() => undo({ scenario, to: 1 }, io))).toContain("Nothing to do");
  const listed = await said(() => undo({ scenario, list: true }, io));
  expect([...listed.matchAll(/snapshot (\d)\D{1,3}\d/gu)].map((found) => found[1])).toEqual([
    "6",
    "5",
    "4",
    "3",
    "2",
    "1",
  ]);
  expect(listed).toContain("before: reset files: downloads.ts, statistics.ts");
  expect(listed).toContain("before: going back to snapshot 1");
});

test("undo takes back a set-up with --force as well", async () => {
  const { io, write, read } = await workshop();
  write("downloads.ts", "// mine\n");
  await setUp({ scenario, force: true }, io);
  await undo({ scenario }, io);
  expect(read("downloads.ts")).toBe("// mine\n");
});

test("a snapshot whose note is damaged is listed and can be brought back", async () => {
  const { io, folder, write, read, said } = await workshop();
  write("downloads.ts", "// mine\n");
  await reset({ scenario }, io);
  for (const note of ["nonsense", "null", '{"at": 5, "reason": []}']) {
    writeFileSync(join(folder, ".stale-stats", "snapshots", "1", "snapshot.json"), note);
    expect(await said(() => undo({ scenario, list: true }, io))).toContain(
      "snapshot 1 at an unknown time before: unknown",
    );
  }
  await undo({ scenario }, io);
  expect(read("downloads.ts")).toBe("// mine\n");
});

test("with nothing to undo, or a number that does not exist, it says so", async () => {
  const { io, write, said } = await workshop();
  await expect(undo({ scenario }, io)).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("nothing to undo"),
  });
  expect(await said(() => undo({ scenario, list: true }, io))).toContain("No snapshot yet");
  write("downloads.ts", "// mine\n");
  await reset({ scenario }, io);
  await expect(undo({ scenario, to: 9 }, io)).rejects.toMatchObject({ code: "usage", hint: "Choose one of: 1." });
});

test("without a set-up they say what to run, and make no folder", async () => {
  const io = recordingIo();
  onTestFinished(io.remove);
  const told = { code: "environment", hint: `Run: npx stale-stats setup-test-data ${scenario}` };
  await expect(reset({ scenario }, io)).rejects.toMatchObject(told);
  await expect(undo({ scenario }, io)).rejects.toMatchObject(told);
  await expect(undo({ scenario, list: true }, io)).rejects.toMatchObject(told);
  await expect(undo({ scenario, to: 1 }, io)).rejects.toMatchObject(told);
  expect(readdirSync(io.cwd)).toEqual([]);
});

test("a place where nothing can be written is said in words, and the handlers stay", async () => {
  const { io, folder, write, read } = await workshop();
  write("downloads.ts", "// mine\n");
  rmSync(join(folder, ".stale-stats"), { recursive: true });
  writeFileSync(join(folder, ".stale-stats"), "in the way");
  await expect(reset({ scenario }, io)).rejects.toMatchObject({ code: "environment" });
  expect(read("downloads.ts")).toBe("// mine\n");
});

test("garbage in place of the database is no reason not to reset, and is told in one line", async () => {
  const { io, folder, write, read } = await workshop();
  const shipped = read("downloads.ts");
  write("downloads.ts", "// mine\n");
  writeFileSync(join(folder, ".stale-stats", "workshop.db"), "a shopping list, long enough to be taken for one");
  expect(await reset({ scenario }, io)).toBe(0);
  expect(read("downloads.ts")).toBe(shipped);
  expect(io.complained()).toMatch(/^note {2}Not recorded: .*setup-test-data.*\n$/u);
});

test("an unknown scenario is a usage error", async () => {
  const { io } = await workshop();
  await expect(reset({ scenario: "stale-statistic" }, io)).rejects.toMatchObject({ code: "usage" });
  await expect(undo({ scenario: "stale-statistic" }, io)).rejects.toMatchObject({ code: "usage" });
});
