/** Attempts with the real scenario: kept, compared by real checks, put back. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { progress } from "../workspace/index.ts";
import { run as apply } from "./attempt-apply.ts";
import { run as list } from "./attempt-list.ts";
import { run as save } from "./attempt-save.ts";
import { run as prompts } from "./prompts.ts";
import { recordingIo } from "./recording-io.test-support.ts";
import type { RecordingIo } from "./recording-io.test-support.ts";
import { run as setUp } from "./setup-test-data.ts";
import { run as check } from "./test-your-fix.ts";

const scenario = "stale-statistics";

interface Bench extends RecordingIo {
  /** What was printed since this was called last. */
  printedNow(): string;
}

async function workshop(changes: Parameters<typeof recordingIo>[0] = {}): Promise<Bench> {
  const io = recordingIo(changes);
  onTestFinished(io.remove);
  await setUp({ scenario }, io);
  let seen = io.printed().length;
  const printedNow = (): string => {
    const text = io.printed().slice(seen);
    seen += text.length;
    return text;
  };
  printedNow();
  return { ...io, printedNow };
}

/** The sample answers as if an assistant had given them. */
async function keepSamples(io: Bench, levels: readonly number[]): Promise<void> {
  for (const level of levels) {
    await prompts({ scenario, level, apply: true }, io);
    expect(await save({ scenario, name: `level-${level}`, level, assistant: "a sample" }, io)).toBe(0);
  }
  io.printedNow();
}

function handler(io: Bench, name = "downloads.ts"): string {
  return join(io.cwd, "workshop", scenario, name);
}

test("--all checks them all and shows them side by side; one that passes makes it a success", async () => {
  const io = await workshop();
  await keepSamples(io, [1, 4]);
  const code = await check({ scenario, all: true }, io);
  const rows = io
    .printedNow()
    .split("\n")
    .filter((line) => line.startsWith("  level-"));
  expect(rows.map((row) => row.trim().split(/\s{2,}/u))).toEqual([
    ["level-1", "1", "a sample", "☆☆☆", "fail", "wrong-key", "+4 -1"],
    ["level-4", "4", "a sample", "★★☆", "pass", "+3 -1"],
  ]);
  expect(code).toBe(0);
});

test("--all without a pass fails, and as JSON it holds what the table holds", async () => {
  const io = await workshop();
  await keepSamples(io, [3]);
  expect(await check({ scenario, all: true, json: true }, io)).toBe(1);
  expect(JSON.parse(io.printedNow())).toMatchObject({
    schemaVersion: 1,
    scenario,
    attempts: [
      {
        name: "level-3",
        level: 3,
        assistant: "a sample",
        verdict: "fail",
        stars: 0,
        cause: "delete-not-awaited",
        change: { added: 6, removed: 1 },
      },
    ],
  });
});

test("--attempt checks one of them, and asks again for the same one", async () => {
  const io = await workshop();
  await keepSamples(io, [1, 2]);
  expect(await check({ scenario, attempt: "level-1" }, io)).toBe(1);
  const text = io.printedNow();
  expect(text).toContain("wrong-key");
  expect(text).toContain(`npx stale-stats test-your-fix ${scenario} --attempt level-1\n`);
});

test("the list shows what they came from and how large the change is; apply puts one back, after a snapshot", async () => {
  const io = await workshop();
  await keepSamples(io, [2]);
  await list({ scenario }, io);
  expect(io.printedNow()).toMatch(/level-2 +2 +a sample +\d\d? \w+, \d\d:\d\d +\+3 -2/u);
  const saved = readFileSync(handler(io, "statistics.ts"), "utf8");
  writeFileSync(handler(io, "statistics.ts"), "// mine\n");
  expect(await apply({ scenario, name: "level-2" }, io)).toBe(0);
  expect(readFileSync(handler(io, "statistics.ts"), "utf8")).toBe(saved);
  const [, snapshot = ""] = /snapshot +(\S+)/u.exec(io.printedNow()) ?? [];
  expect(readFileSync(join(io.cwd, snapshot, "files", "statistics.ts"), "utf8")).toBe("// mine\n");
});

test("every check of an attempt is recorded with what it came from, and so is every level that was looked at", async () => {
  const io = await workshop();
  await keepSamples(io, [1, 3]);
  await check({ scenario, all: true }, io);
  await check({ scenario, attempt: "LEVEL-3" }, io);
  const place = { home: join(io.cwd, "workshop"), slug: scenario };
  const seen = (await progress.listAttempts(place)).map((each) => [
    each.attempt,
    each.promptLevel,
    each.assistant,
    each.cause,
  ]);
  const third = ["level-3", 3, "a sample", "delete-not-awaited"];
  expect(seen).toEqual([["level-1", 1, "a sample", "wrong-key"], third, third]);
  const levels = (await progress.listEvents(place)).flatMap((event) => (event.kind === "prompt" ? [event.level] : []));
  expect(levels).toEqual([1, 3]);
});

test("--attempt and --handlers do not go together", async () => {
  const io = await workshop();
  await expect(check({ scenario, attempt: "one", handlers: "." }, io)).rejects.toMatchObject({ code: "usage" });
});

test("in a narrow terminal each row is a block, and nothing but commands is wider", async () => {
  const io = await workshop({ width: 40 });
  await keepSamples(io, [1]);
  await list({ scenario }, io);
  const lines = io.printedNow().split("\n");
  expect(lines).toContain("    assistant  a sample");
  expect(lines.filter((line) => line.length > 40 && !line.includes("npx "))).toEqual([]);
});

test("an empty list is no error; checking nothing is", async () => {
  const io = await workshop();
  expect(await list({ scenario }, io)).toBe(0);
  expect(io.printedNow()).toContain("No attempt is saved yet.");
  await expect(check({ scenario, all: true }, io)).rejects.toMatchObject({ code: "usage" });
});

test.each([{ handlers: "." }, { replay: "r1.x" }, { full: true }, { attempt: "one" }])(
  "--all and %o do not go together",
  async (other) => {
    const io = await workshop();
    await expect(check({ scenario, all: true, ...other }, io)).rejects.toMatchObject({ code: "usage" });
  },
);

test("handlers that are missing are not saved, and nothing is set up nowhere", async () => {
  const io = await workshop();
  writeFileSync(handler(io), "");
  await expect(save({ scenario, name: "empty" }, io)).rejects.toMatchObject({ code: "environment" });
  const elsewhere = recordingIo();
  onTestFinished(elsewhere.remove);
  for (const command of [save, apply])
    await expect(command({ scenario, name: "one" }, elsewhere)).rejects.toMatchObject({ code: "environment" });
});
