/** What the author of a fix is told to do, from rows written by hand. */
import { expect, test } from "vitest";
import type { Verdict } from "../vocabulary.ts";
import type { Expectation } from "./verify-expectations.ts";
import { rowProblems } from "./verify-problem.ts";

function todoFor(kind: Expectation["kind"], verdict: Partial<Verdict>): { texts: string[]; todo: string } {
  const expected = { kind, name: "one" } as Expectation;
  const told = rowProblems({
    scenario: "tiny",
    expected,
    verdict: { fault: null, ...verdict } as Verdict,
    problems: [`${kind}/one: differs`],
  });
  expect(new Set(told.map(({ todo }) => todo)).size).toBe(1);
  return { texts: told.map(({ text }) => text), todo: told[0]?.todo ?? "" };
}

test.each([
  ["starter", "pass", "put the bug back into starter/"],
  ["starter", "fail", "starterFails"],
  ["starter", "crashed", "mend starter/"],
  ["accepted", "fail", "accepted/one/fix.json"],
  ["rejected", "pass", "nothing is wrong with it"],
  ["rejected", "fail", "declare in rejected/one/fix.json"],
  ["sample", "fail", "declare in samples/one/sample.json"],
] as const)("%s that got %s: %s", (kind, verdict, told) => {
  expect(todoFor(kind, { verdict }).todo).toContain(told);
});

test("a fault says in its own words, and at its place, why nothing came of the handlers", () => {
  const fault = { message: "a.ts does not export b", location: { file: "a.ts", line: 3, column: 1 } };
  expect(todoFor("starter", { verdict: "crashed", fault }).texts).toEqual([
    "starter/one: differs",
    "starter/one: a.ts does not export b (a.ts:3)",
  ]);
});

test("a row as declared has nothing to tell", () => {
  const expected = { kind: "starter", name: "one" } as Expectation;
  const fault = { message: "as declared", location: null };
  const verdict = { verdict: "crashed", fault } as Verdict;
  expect(rowProblems({ scenario: "tiny", expected, verdict, problems: [] })).toEqual([]);
});
