/** What a row of the matrix complains about, from verdicts written by hand. */
import { expect, test } from "vitest";
import type { PropertyResult, Verdict } from "../vocabulary.ts";
import { loadFaultVerdict } from "./fault-verdict.ts";
import { type Expectation, killerOf, mismatches } from "./verify-expectations.ts";

const expected: Expectation = {
  kind: "rejected",
  name: "wrong-key-plain",
  files: new Map(),
  demanded: 2,
  verdict: "fail",
  cause: "wrong-key",
  property: "fresh-in-sequence",
  star: 1,
};

function result(id: string, star: 1 | 2 | 3, outcome: PropertyResult["outcome"]): PropertyResult {
  return { id, star, outcome, claim: { schedules: 1, requests: 1, switches: 0, complete: true } };
}

function verdict(changes: Partial<Verdict>): Verdict {
  const settings = {
    seed: "s",
    stars: 2,
    budget: 1,
    thorough: false,
    without: { properties: [], repairs: [] },
  } as const;
  const context = { scenario: { slug: "x", requiredStars: 2 as const }, settings };
  const empty = loadFaultVerdict(context, { cause: "wrong-key", fault: { message: "", location: null } });
  return { ...empty, verdict: "fail", properties: [result("fresh-in-sequence", 1, "broken")], ...changes };
}

test("a verdict as declared has no mismatch", () => {
  expect(mismatches(expected, verdict({}))).toEqual([]);
  const pass: Expectation = { ...expected, verdict: "pass", cause: null, property: null, star: 2 };
  expect(mismatches(pass, verdict({ verdict: "pass", cause: null, stars: 2, properties: [] }))).toEqual([]);
});

test.each([
  ["verdict", { verdict: "timed-out" }, "verdict: expected fail, got timed-out"],
  ["cause", { cause: "unexplained" }, "cause: expected wrong-key, got unexplained"],
  [
    "property",
    { properties: [result("precise", 1, "broken")] },
    "broken property: expected fresh-in-sequence, got precise",
  ],
  ["star", { properties: [result("fresh-in-sequence", 2, "broken")] }, "broken star: expected 1, got 2"],
  ["nothing broken", { properties: [] }, "broken property: expected fresh-in-sequence, got null"],
] as const)("another %s is named", (_, changes, told) => {
  expect(mismatches(expected, verdict(changes))).toContain(told);
});

test("a pass with other stars than declared is a mismatch", () => {
  const pass: Expectation = { ...expected, verdict: "pass", cause: null, property: null, star: 3 };
  expect(mismatches(pass, verdict({ verdict: "pass", cause: null, stars: 2 }))).toEqual(["stars: expected 3, got 2"]);
});

test("the killer is the property of the counterexample, else the first that is broken", () => {
  const properties = [
    result("still-cached", 1, "held"),
    result("precise", 2, "broken"),
    result("fresh-under-race", 3, "broken"),
  ];
  expect(killerOf(verdict({ properties }))).toEqual({ property: "precise", star: 2 });
  const counterexample = { property: "fresh-under-race" } as Verdict["counterexample"];
  expect(killerOf(verdict({ properties, counterexample }))).toEqual({ property: "fresh-under-race", star: 3 });
  expect(killerOf(verdict({ properties: [] }))).toBeNull();
});
