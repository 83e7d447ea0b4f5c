/** Every figure of the report, from records written by hand. */
import { expect, test } from "vitest";
import type { AttemptRecord, ProgressEvent } from "../vocabulary.ts";
import type { Recorded } from "./read-progress.ts";
import { reportScenario } from "./report-scenario.ts";

const scenario = { slug: "tiny", title: "A tiny lesson", minutes: 5, requiredStars: 2 } as const;
const rungNames = ["question", "pointer", "mechanism", "sketch", "solution"];
const MINUTE = 60_000;

function reported(recorded: Partial<Recorded>): ReturnType<typeof reportScenario> {
  const whole = { attempts: [], events: [], setUp: true, trouble: null, ...recorded };
  return reportScenario({ scenario, recorded: whole, rungNames });
}

/** Minutes after nine on one morning; more than sixty are later hours. */
function time(minutes: number): string {
  const [hours, rest] = [9 + Math.floor(minutes / 60), minutes % 60];
  return `2026-01-05T${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}:00.000Z`;
}

function attempt(minutes: number, changes: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    scenario: "tiny",
    at: time(minutes),
    milliseconds: 500,
    attempt: null,
    handlers: "a",
    verdict: "fail",
    cause: "wrong-key",
    property: "fresh-in-sequence",
    stars: 0,
    requiredStars: 2,
    hintRung: 0,
    promptLevel: null,
    assistant: null,
    version: "0.1.0",
    ...changes,
  };
}

test("without records every figure is nothing, and all five rungs are there", () => {
  expect(reported({ setUp: false })).toEqual({
    ...scenario,
    setUp: false,
    trouble: null,
    stars: 0,
    millisecondsSpent: 0,
    firstPass: null,
    attempts: [],
    events: [],
    pauses: [],
    causes: [],
    hints: rungNames.map((name, position) => ({ rung: position + 1, name, shown: 0 })),
    promptLevels: [],
  });
});

test("a pass is timed from the first record, with pauses cut to fifteen minutes and counted whole by the clock", () => {
  const events: ProgressEvent[] = [{ scenario: "tiny", at: time(0), kind: "demonstration" }];
  const pass = { verdict: "pass", cause: null, stars: 2 } as const;
  const { firstPass, pauses, millisecondsSpent, stars, attempts } = reported({
    attempts: [attempt(4), attempt(64), attempt(66, pass), attempt(70, { ...pass, stars: 3 })],
    events,
  });
  expect(firstPass).toEqual({ attempts: 3, millisecondsSpent: 21 * MINUTE, millisecondsElapsed: 66 * MINUTE });
  expect(pauses).toEqual([{ millisecondsSpent: 19 * MINUTE, milliseconds: 60 * MINUTE }]);
  expect(attempts.map((each) => each.millisecondsSpent / MINUTE)).toEqual([4, 19, 21, 25]);
  expect(millisecondsSpent).toBe(25 * MINUTE + 500);
  expect(stars).toBe(3);
});

test("a machine that was set up hours before costs nobody any time", () => {
  const early: ProgressEvent = { scenario: "tiny", at: time(0), kind: "set-up" };
  const { attempts, pauses } = reported({ attempts: [attempt(180), attempt(182)], events: [early] });
  expect(attempts.map((each) => each.millisecondsSpent / MINUTE)).toEqual([0, 2]);
  expect(pauses).toEqual([]);
  const { attempts: soon } = reported({ attempts: [attempt(6)], events: [early] });
  expect(soon[0]?.millisecondsSpent).toBe(6 * MINUTE);
});

test("causes come most frequent first, and a pass has none", () => {
  const attempts = [
    attempt(1, { cause: "never-invalidated" }),
    attempt(2),
    attempt(3, { verdict: "crashed", cause: "undefined-name" }),
    attempt(4),
    attempt(5, { verdict: "pass", cause: "stale-set-race", stars: 2 }),
    attempt(6, { verdict: "inconclusive", cause: null }),
  ];
  expect(reported({ attempts }).causes).toEqual([
    { cause: "wrong-key", attempts: 2 },
    { cause: "never-invalidated", attempts: 1 },
    { cause: "undefined-name", attempts: 1 },
  ]);
});

test("hints are counted by rung, and prompts by level whether shown or used", () => {
  const at = time(1);
  const events: ProgressEvent[] = [
    { scenario: "tiny", at, kind: "hint", cause: "wrong-key", rung: 1 },
    { scenario: "tiny", at, kind: "hint", cause: "never-invalidated", rung: 1 },
    { scenario: "tiny", at, kind: "hint", cause: "wrong-key", rung: 4 },
    { scenario: "tiny", at, kind: "prompt", level: 4 },
    { scenario: "tiny", at, kind: "prompt", level: 4 },
  ];
  const attempts = [
    attempt(2, { promptLevel: 0 }),
    attempt(3, { promptLevel: 4 }),
    attempt(4, { promptLevel: 4, verdict: "pass", stars: 2 }),
  ];
  const { hints, promptLevels } = reported({ attempts, events });
  expect(hints.map(({ shown }) => shown)).toEqual([2, 0, 0, 1, 0]);
  expect(promptLevels).toEqual([
    { level: 0, shown: 0, attempts: 1, passed: 0 },
    { level: 4, shown: 2, attempts: 2, passed: 1 },
  ]);
});

test("records are told by time, and one whose time nobody can read comes first", () => {
  const { attempts, millisecondsSpent } = reported({ attempts: [attempt(9), attempt(2), attempt(0, { at: "noon" })] });
  expect(attempts.map(({ at, millisecondsSpent: spent }) => [at, spent / MINUTE])).toEqual([
    ["noon", 0],
    [time(2), 0],
    [time(9), 7],
  ]);
  expect(millisecondsSpent).toBe(7 * MINUTE + 500);
});
