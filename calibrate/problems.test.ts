import { expect, test } from "vitest";
import type { Row } from "./calibrate-scenario.ts";
import { findProblems } from "./problems.ts";

const SEEN = {
  requests: 2_000,
  untrueInSequence: 0,
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

test("a checker that was too kind is named with its stars", () => {
  const kind: Row = { ...RACY, agreement: "too-kind", told: { verdict: "pass", stars: 3, cause: null } };
  expect(findProblems({ rows: [STARTER, RACY, kind], everything: true })).toEqual([
    "delete-after-write: it served untrue data under load, and the checker gave it 3 stars (pass)",
  ]);
});

test("a checker without an opinion leaves nothing to compare with", () => {
  const bug: Row = { ...RACY, told: { verdict: "checker-bug", stars: 0, cause: null } };
  expect(findProblems({ rows: [STARTER, RACY, bug], everything: true })).toEqual([
    "delete-after-write: the checker ended as checker-bug",
  ]);
});
