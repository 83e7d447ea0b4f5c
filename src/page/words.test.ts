/** What the page says, from values written by hand. */
import { describe, expect, test } from "vitest";
import type { HandlerFault, LiveState, LiveStep } from "../vocabulary.ts";
import { countText, durationText, shareText, spanText } from "./amounts.ts";
import { timeLeft } from "./entry.tsx";
import { download, entryOf, readHit, readMiss, stateOf } from "./live-story.test-support.ts";
import { NOTHING_YET } from "./model.ts";
import { type Circumstances, noticesFor } from "./notices.ts";
import { actorLetter, moved, replayedStep, scenesOf } from "./replay.ts";
import { stepFacts, stepWords } from "./step-words.ts";

test.each([
  [null, "–"],
  [0, "0"],
  [1234567, "1,234,567"],
])("a count of %s is %s", (count, text) => {
  expect(countText(count)).toBe(text);
});

test.each([
  [0, "0 s"],
  [-5, "0 s"],
  [59_999, "59 s"],
  [60_000, "1 min"],
  [133_000, "2 min 13 s"],
  [3_599_999, "59 min 59 s"],
  [3_600_000, "1 h"],
  [7_500_000, "2 h 5 min"],
])("%i milliseconds are %s", (span, text) => {
  expect(spanText(span)).toBe(text);
});

test.each([
  [0.04, "0.0 ms"],
  [9.94, "9.9 ms"],
  [389.6, "390 ms"],
  [1234, "1.2 s"],
])("a step of %d milliseconds took %s", (duration, text) => {
  expect(durationText(duration)).toBe(text);
});

test("a share has at most one decimal", () => {
  expect([0.5714, 0.5, 1].map(shareText)).toEqual(["57.1%", "50%", "100%"]);
});

describe("the cached answer's time", () => {
  test("runs down to nothing", () => {
    const entry = { ...entryOf(15, true), timeToLive: 5000 };
    expect([0, 4000, 5000, 9000].map((since) => timeLeft(entry, since))).toEqual([5000, 1000, 0, 0]);
  });

  test("has no end without a time to live", () => {
    expect([timeLeft(null, 0), timeLeft({ ...entryOf(15, true), timeToLive: null }, 5)]).toEqual([null, null]);
  });
});

describe("a step", () => {
  test.each([
    [
      "read that misses",
      readMiss(),
      ["arrives ", "get miss", "read datasets, audit_logs", "set stored", "answers 200"],
    ],
    ["read that hits", readHit(), ["arrives ", "get hit", "answers 200"]],
    ["write", download(3), ["arrives ", "read users", "insert audit_logs", "answers 201"]],
  ])("of a %s is told by what it did and what came of it", (_name, steps, words) => {
    expect(steps.map((step) => shortly({ ...step, request: 1 }))).toEqual(words);
  });

  test.each([
    ["UPDATE OR IGNORE datasets SET a = 1", "update datasets"],
    ['  delete from "audit_logs"', "delete audit_logs"],
    ["INSERT OR REPLACE INTO t VALUES (1)", "insert t"],
    ["VACUUM", "vacuum "],
  ])("%s is told as %s", (sql, words) => {
    expect(shortly(statement(sql))).toBe(words);
  });

  test("that writes and gives rows back is told as a write", () => {
    const step = { ...statement("UPDATE items SET price = ? RETURNING id"), operation: "get" } as LiveStep;
    expect(stepWords(step)).toEqual({ tone: "write", deed: "update", result: "items" });
  });

  test("that failed says so, and why", () => {
    const failed: LiveStep = {
      kind: "cache",
      operation: "get",
      key: "k",
      request: 1,
      at: 0,
      duration: 3,
      error: "away",
    };
    expect(stepWords(failed)).toEqual({ tone: "trouble", deed: "get", result: "fails" });
    expect(stepFacts(failed)).toEqual([
      { name: "key", text: "k", isCode: true },
      { name: "took", text: "3.0 ms" },
      { name: "failed", text: "away" },
    ]);
  });

  test("that stored something shows its key, its value and how long it lives", () => {
    const set: LiveStep = {
      kind: "cache",
      operation: "set",
      key: "k",
      value: { n: 1 },
      timeToLive: 60_000,
      request: 1,
      at: 0,
      duration: 3,
    };
    expect(stepFacts(set).map(({ name, text }) => `${name}: ${text}`)).toEqual([
      "key: k",
      'value: {"n":1}',
      "lives: 1 min",
      "took: 3.0 ms",
    ]);
  });

  test("on the database shows its statement on one line, its parameters and what it changed", () => {
    expect(stepFacts(statement("UPDATE t\n   SET a = ?")).map(({ name, text }) => `${name}: ${text}`)).toEqual([
      "statement: UPDATE t SET a = ?",
      'with: 7, x, {"blob":1}',
      "changed: 1 row",
      "took: 2.0 ms",
    ]);
  });

  function shortly(step: LiveStep): string {
    const { deed, result } = stepWords(step);
    return `${deed} ${result}`;
  }

  function statement(sql: string): LiveStep {
    const params = [7, "x", { blob: 1 }];
    return {
      kind: "database",
      operation: "run",
      sql,
      params,
      reads: [],
      costly: false,
      changes: 1,
      request: 1,
      at: 0,
      duration: 2,
    };
  }
});

describe("a notice", () => {
  const location = { file: "downloads.ts", line: 14, column: 3 };
  const fault: HandlerFault = { message: "Expected a bracket.", location };

  test("there is none while all is well", () => {
    expect(told({})).toEqual([]);
  });

  test("names the place of what does not load, and what runs on", () => {
    expect(told({ handlers: { ...stateOf().handlers, version: 3, fault } })).toMatchObject([
      { id: "fault", place: "downloads.ts:14:3", text: "Expected a bracket. Version 3 goes on running." },
    ]);
  });

  test("says that a fix does not heal, and when it will be over", () => {
    const [notice] = told({ poisonedBeforeFix: true }, { left: 125_000 });
    expect(notice).toMatchObject({
      id: "poisoned",
      text: expect.stringContaining("or in 2 min 5 s, when its time is over"),
    });
    expect(told({ poisonedBeforeFix: true })[0]?.text).toContain("or when it is cleared");
  });

  test("blames the outage for a delete that was lost in it, and not the fix", () => {
    const notices = told({ poisonedBeforeFix: true, lostDelete: true });
    expect(notices).toMatchObject([{ id: "lost-delete", text: expect.stringContaining("never reached the cache") }]);
  });

  test("comes with the most urgent first", () => {
    const cache: LiveState["cache"] = { entries: 0, outage: "hang", health: "degraded", trouble: "no answer" };
    const state = { poisonedBeforeFix: true, cache, handlers: { ...stateOf().handlers, fault } };
    const refusal = { message: "Too many.", hint: "Wait.", unknownToken: false };
    const notices = told(state, { connection: "lost", mayControl: false, refusal });
    expect(notices.map(({ id }) => id)).toEqual(["lost", "refused", "fault", "poisoned", "outage", "read-only"]);
    expect(notices[4]).toMatchObject({ title: "Cache outage: the cache hangs", text: "no answer." });
  });

  interface Around extends Partial<Omit<Circumstances, "model">> {
    readonly connection?: "lost";
  }

  function told(changes: Partial<LiveState>, { connection, ...around }: Around = {}): ReturnType<typeof noticesFor> {
    const known = { state: stateOf(changes), receivedAt: 0 };
    const model = { ...NOTHING_YET, known, connection: connection ?? ("live" as const) };
    return noticesFor({ model, mayControl: true, refusal: null, left: null, ...around });
  }
});

describe("a counterexample", () => {
  const requests = [
    { actor: 0, method: "POST", path: "/w", instance: 0, phase: 0 },
    { actor: 1, method: "GET", path: "/r", instance: 1, phase: 0 },
    { actor: 2, method: "GET", path: "/r", instance: 0, phase: 1 },
  ] as const;
  const steps = [0, 1, 0, 2, 0, 2].map((actor, n) => ({
    actor,
    kind: "cache" as const,
    text: `step ${n}`,
    figures: { shown: n, actual: 9 },
  }));
  const story = {
    requests,
    steps,
    property: "p",
    sentence: "",
    served: null,
    expected: null,
    faults: [],
    shrunkFrom: 1,
    found: 1,
    replay: "",
  };

  test("has a scene for each phase, and a step left behind happens in the scene that is on", () => {
    expect(scenesOf(story).map(({ actors, steps: told }) => [actors, told.map(({ nth }) => nth)])).toEqual([
      [
        [0, 1],
        [0, 1, 2],
      ],
      [
        [0, 2],
        [3, 4, 5],
      ],
    ]);
  });

  test("is stepped through from the first to the last and no further", () => {
    expect([moved(null, 1, 6), moved(null, -1, 6), moved(2, 1, 6), moved(5, 1, 6), moved(0, -1, 6)]).toEqual([
      0, 0, 3, 5, 0,
    ]);
    expect(replayedStep(story, 3)).toEqual({ nth: 3, count: 6, figures: { shown: 3, actual: 9 } });
    expect([replayedStep(story, null), replayedStep(null, 2), replayedStep({ ...story, steps: [] }, 0)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("that was replaced by a shorter one is at its end", () => {
    expect(replayedStep({ ...story, steps: steps.slice(0, 2) }, 5)).toMatchObject({ nth: 1, count: 2 });
  });

  test("names its requests by letters", () => {
    expect([0, 25, 26, 27].map(actorLetter)).toEqual(["A", "Z", "A1", "B1"]);
  });
});
