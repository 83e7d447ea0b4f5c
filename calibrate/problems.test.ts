import { expect, test } from "vitest";
import type { Row } from "./calibrate-scenario.ts";
import { findProblems } from "./problems.ts";

const SEEN = {
  requests: 2_000,
  untrueInSequence: 0,
  untrueAfterJob: 0,
  staleInFlight: 0,
  impossible: 0,
  untrueAtRest: 0,
  failed: 0,
  bursts: 40,
  milliseconds: 2_500,
};
const STARTER: Row = {
  kind: "starter",
  name: "starter",
  agreement: "agrees",
  seen: { ...SEEN, untrueInSequence: 20 },
  told: { verdict: "fail", stars: 0, cause: "never-invalidated" },
};
const RACY: Row = {
  kind: "accepted",
  name: "delete-after-write",
  agreement: "agrees",
  seen: { ...SEEN, staleInFlight: 9 },
  told: { verdict: "pass", stars: 2, cause: null },
};

test("a starter that is stale and a race that is caught are what a calibration must see", () => {
  expect(findProblems({ rows: [STARTER, RACY], everything: true })).toEqual([]);
});

test("a calibration that sees nothing says so", () => {
  const blindStarter: Row = { ...STARTER, agreement: "unseen", seen: SEEN };
  expect(findProblems({ rows: [blindStarter, RACY], everything: true })).toEqual([
    expect.stringContaining("sees nothing"),
  ]);
  expect(findProblems({ rows: [STARTER], everything: true })).toEqual([expect.stringContaining("too gentle")]);
  expect(findProblems({ rows: [blindStarter], everything: false })).toEqual([]);
});

test("a calibration that hears of no external write says so", () => {
  const told = { verdict: "fail", stars: 1, cause: "external-write-unseen" } as const;
  const deaf: Row = { ...RACY, kind: "rejected", name: "no-feed", told, seen: { ...SEEN, untrueAfterJob: 4 } };
  const unheard: Row = { ...deaf, name: "no-feed-either", agreement: "unseen", seen: SEEN };
  const saying = (...rows: Row[]): string[] => findProblems({ rows: [STARTER, ...rows], everything: true });
  expect(saying(RACY, unheard, deaf)).toEqual([]);
  expect(saying(RACY, unheard)).toEqual([expect.stringContaining("does not hear")]);
  expect(findProblems({ rows: [STARTER, RACY, unheard], everything: false })).toEqual([]);
  const deafUnderLoad: Row = { ...deaf, seen: { ...deaf.seen, untrueAtRest: 2 } };
  expect(saying(deafUnderLoad)).toEqual([expect.stringContaining("too gentle")]);
});

test("a checker that was too kind is named with its stars", () => {
  const kind: Row = { ...RACY, agreement: "too-kind", told: { verdict: "pass", stars: 3, cause: null } };
  expect(findProblems({ rows: [STARTER, RACY, kind], everything: true })).toEqual([
    "delete-after-write: it served untrue data under load, and the checker gave it 3 stars (pass)",
  ]);
});

test("it is said when it was too kind", () => {
  const told = { verdict: "pass", stars: 2, cause: null } as const;
  const afterJob: Row = { ...RACY, agreement: "too-kind", told, seen: { ...SEEN, untrueAfterJob: 1 } };
  const alone: Row = { ...afterJob, seen: { ...SEEN, untrueAfterJob: 1, untrueInSequence: 1 } };
  const saying = (row: Row): string[] => findProblems({ rows: [row], everything: false });
  expect(saying(afterJob)).toEqual([expect.stringContaining("after a job that had to tell of it")]);
  expect(saying(alone)).toEqual([expect.stringContaining("one request at a time")]);
});

test("a checker without an opinion leaves nothing to compare with", () => {
  const bug: Row = { ...RACY, told: { verdict: "checker-bug", stars: 0, cause: null } };
  expect(findProblems({ rows: [STARTER, RACY, bug], everything: true })).toEqual([
    "delete-after-write: the checker ended as checker-bug",
  ]);
});
