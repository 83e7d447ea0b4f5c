/** The ladder as people climb it: from which cause, one rung at a time, and what there is before and after it. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hints } from "../scenario/index.ts";
import type { AttemptRecord, Cause, ProgressEvent, Rung } from "../vocabulary.ts";
import { progress } from "../workspace/index.ts";
import { chooseHint } from "./hint-choice.ts";
import { run } from "./hint.ts";
import { recordVerdict } from "./recorded-verdict.test-support.ts";
import { recordingIo, type RecordingIo } from "./recording-io.test-support.ts";
import { run as setUp } from "./setup-test-data.ts";

const scenario = "stale-statistics";

async function workshop(): Promise<RecordingIo> {
  const io = recordingIo();
  onTestFinished(io.remove);
  await setUp({ scenario }, io);
  return io;
}

/** What one call prints, on one line. */
async function hint(io: RecordingIo, rung?: Rung): Promise<string> {
  const before = io.printed().length;
  expect(await run({ scenario, ...(rung === undefined ? {} : { rung }) }, io)).toBe(0);
  return io.printed().slice(before).replaceAll(/\s+/gu, " ");
}

async function rungsFor(cause: Cause): Promise<string[]> {
  const rungs = await hints.load({ root: recordingIoRoot(), slug: scenario, cause });
  return rungs.map(({ text }) => text);
}

function recordingIoRoot(): string {
  return join(import.meta.dirname, "..", "..");
}

test("before any check it climbs the starter's ladder, stays on the last rung, and then points to the reference", async () => {
  const io = await workshop();
  const rungs = await rungsFor("never-invalidated");
  for (const [position, text] of [...rungs, ...rungs.slice(-1)].entries()) {
    const said = await hint(io);
    expect(said).toContain(text);
    expect(said).toContain(position < 4 ? `npx stale-stats hint ${scenario}` : `show-reference ${scenario}`);
    expect(said).not.toContain("never-invalidated");
  }
  const events = await progress.listEvents({ home: join(io.cwd, "workshop"), slug: scenario });
  expect(events.filter(({ kind }) => kind === "hint")).toMatchObject([1, 2, 3, 4, 5, 5].map((rung) => ({ rung })));
});

test("after a check the words are those for its cause, beginning above what the verdict itself showed", async () => {
  const io = await workshop();
  await hint(io);
  await recordVerdict(io, { cause: "wrong-key" });
  const wrongKey = await rungsFor("wrong-key");
  expect(await hint(io)).toContain(wrongKey[1]);
  await recordVerdict(io, { cause: "delete-not-awaited" });
  expect(await hint(io)).toContain((await rungsFor("delete-not-awaited"))[1]);
  await recordVerdict(io, { cause: "wrong-key" });
  expect(await hint(io)).toContain(wrongKey[2]);
  expect(await hint(io, 1)).toContain(wrongKey[0]);
  expect(await hint(io)).toContain(wrongKey[3]);
});

test("after a pass it says so, and what a third star would take", async () => {
  const io = await workshop();
  await recordVerdict(io, { cause: "wrong-key" });
  await recordVerdict(io, { cause: null, verdict: "pass", stars: 2 });
  const said = await hint(io);
  expect(said).toContain("your last check passed with ★★☆");
  expect(said).toContain("--stars 3");
  await recordVerdict(io, { cause: null, verdict: "pass", stars: 3 });
  expect(await hint(io)).not.toContain("--stars 3");
});

test("without a set-up, or with garbage in its place, it says what to run", async () => {
  const io = recordingIo();
  onTestFinished(io.remove);
  const told = { code: "environment", hint: expect.stringContaining(`setup-test-data ${scenario}`) };
  await expect(run({ scenario }, io)).rejects.toMatchObject(told);
  await setUp({ scenario }, io);
  const file = join(io.cwd, "workshop", scenario, ".stale-stats", "workshop.db");
  writeFileSync(file, "a shopping list, long enough to be taken for one");
  await expect(run({ scenario }, io)).rejects.toMatchObject(told);
  rmSync(file);
  await expect(run({ scenario }, io)).rejects.toMatchObject(told);
});

test("an unknown scenario is a usage error", async () => {
  const io = await workshop();
  await expect(run({ scenario: "stale-statistic" }, io)).rejects.toMatchObject({ code: "usage" });
});

test("no line is wider than a narrow terminal but for the commands in it", async () => {
  const io = { ...(await workshop()), width: 40 };
  const before = io.printed().length;
  await hint(io);
  const lines = io.printed().slice(before).split("\n");
  const wide = lines.filter((line) => line.length > 40 && !line.includes("npx"));
  expect(lines.length).toBeGreaterThan(8);
  expect(wide).toEqual([]);
});

const ATTEMPT: AttemptRecord = {
  scenario: "x",
  at: "",
  milliseconds: 1,
  attempt: null,
  handlers: "",
  verdict: "fail",
  cause: "wrong-key",
  property: null,
  stars: 0,
  requiredStars: 2,
  hintRung: 0,
  promptLevel: null,
  assistant: null,
  version: "0",
};

test("checks without a cause, and those of saved attempts, do not change what is hinted at", () => {
  const attempts: AttemptRecord[] = [
    ATTEMPT,
    { ...ATTEMPT, verdict: "inconclusive", cause: null },
    { ...ATTEMPT, attempt: "level-2", cause: "value-patched" },
  ];
  const starterCause = "never-invalidated";
  expect(chooseHint({ attempts, events: [], starterCause })).toEqual({ cause: "wrong-key", rung: 2, after: ATTEMPT });
  expect(chooseHint({ attempts: attempts.slice(1), events: [], starterCause })).toMatchObject({ after: null, rung: 1 });
});

test("where the verdict was shown without its hint, the first one comes first", () => {
  const past = { attempts: [ATTEMPT], events: [], starterCause: "never-invalidated" } as const;
  expect(chooseHint(past, { unseen: true }).rung).toBe(1);
  const shown = { scenario: "x", at: "", kind: "hint", cause: "wrong-key", rung: 1 } as const;
  expect(chooseHint({ ...past, events: [shown] }, { unseen: true }).rung).toBe(2);
});

test("a reset begins the ladder anew", () => {
  const shown = { scenario: "x", at: "2026-01-01T10:00:00.000Z", kind: "hint", cause: "wrong-key", rung: 4 } as const;
  const events: ProgressEvent[] = [shown, { scenario: "x", at: "2026-01-01T11:00:00.000Z", kind: "reset" }];
  const before = { ...ATTEMPT, at: "2026-01-01T09:00:00.000Z" };
  const past = { attempts: [before], starterCause: "wrong-key" as const };
  expect(chooseHint({ ...past, events: events.slice(0, 1) })).toMatchObject({ rung: 5, after: before });
  expect(chooseHint({ ...past, events })).toMatchObject({ rung: 1, after: null });
  const again = { ...past, attempts: [before, { ...ATTEMPT, at: "2026-01-01T12:00:00.000Z" }] };
  expect(chooseHint({ ...again, events }).rung).toBe(2);
  expect(chooseHint({ ...again, events: [...events, { ...shown, rung: 2 }] }).rung).toBe(3);
});
