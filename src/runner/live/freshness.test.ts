/** Which answers are stale, from moments and answers written by hand. */
import { expect, test } from "vitest";
import type { Outcome, RequestSpec } from "../../vocabulary.ts";
import { createFreshness, type Freshness } from "./freshness.ts";
import { matchesPattern } from "./matches-pattern.ts";

interface Bench {
  readonly freshness: Freshness;
  /** Commits another total. */
  commit(total: number): void;
  readonly asked: string[];
}

function bench(): Bench {
  let total = 15;
  const asked: string[] = [];
  const truth = (_: unknown, { path }: RequestSpec): Outcome => {
    asked.push(path);
    return path === "/gone" ? { status: 404 } : { status: 200, body: { total, name: "N" } };
  };
  const db = { get: () => undefined, all: () => [] };
  const freshness = createFreshness({ truth, db });
  const commit = (next: number): void => {
    total = next;
    freshness.committed();
  };
  return { freshness, commit, asked };
}

const spec = (path: string) => (): RequestSpec => ({ route: "r", path });
const says = (total: number): { status: number; text: string } => ({
  status: 200,
  text: `{"name":"N","total":${total}}`,
});

test("an answer is fresh when it was true at any moment while it was under way, and stale when at none", () => {
  const { freshness, commit } = bench();
  const early = freshness.arrived("a", spec("/a"));
  commit(16);
  const between = freshness.arrived("a", spec("/a"));
  commit(17);
  const late = freshness.arrived("a", spec("/a"));
  expect(early.answered(says(15))).toBe(false);
  expect(between.answered(says(15))).toBe(true);
  expect(late.answered(says(16))).toBe(true);
  for (const total of [16, 17]) {
    const reading = freshness.arrived("a", spec("/a"));
    expect(reading.answered(says(total))).toBe(total === 16);
  }
  const through = freshness.arrived("a", spec("/a"));
  commit(18);
  commit(19);
  expect(through.answered(says(18))).toBe(false);
});

test("a failure, an answer without a body and what is no JSON tell nothing; a wrong status is stale", () => {
  const { freshness } = bench();
  const judged = (path: string, status: number, text: string): boolean | null =>
    freshness.arrived(path, spec(path)).answered({ status, text });
  expect([judged("/a", 500, ""), judged("/a", 304, ""), judged("/a", 200, "<html>")]).toEqual([null, null, null]);
  expect([judged("/a", 404, "{}"), judged("/gone", 200, "{}"), judged("/gone", 404, "what it likes")]).toEqual([
    true,
    true,
    false,
  ]);
});

test("the truth is asked once for each request and state, and not for those that are over", () => {
  const { freshness, commit, asked } = bench();
  for (let n = 0; n < 100; n += 1) freshness.arrived("a", spec("/a")).answered(says(15));
  expect(asked).toEqual(["/a"]);
  freshness.arrived("b", spec("/b")).gone();
  commit(16);
  expect(asked).toEqual(["/a", "/b"]);
  const [one, two] = [freshness.arrived("a", spec("/a")), freshness.arrived("a", spec("/a"))];
  expect(asked).toEqual(["/a", "/b", "/a"]);
  commit(17);
  expect(asked).toEqual(["/a", "/b", "/a", "/a"]);
  expect([one.answered(says(16)), two.answered(says(15))]).toEqual([false, true]);
});

test("what the database says now is asked without a request under way", () => {
  const { freshness, commit } = bench();
  expect(freshness.isFresh(spec("/a")(), says(15))).toBe(true);
  commit(16);
  expect(freshness.isFresh(spec("/a")(), says(15))).toBe(false);
});

test.each([
  [{ a: 1, b: [2, null] }, { b: [2, null], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: 1, b: 2 }, { a: 1 }, false],
  [[1, 2], [1], false],
  [[], {}, false],
  [null, null, true],
  [{ a: { $match: "integer" } }, { a: 7 }, true],
  [{ a: { $match: "integer" } }, { a: "7" }, false],
  [{ $match: "date-time" }, "2026-01-05T09:00:00.000Z", true],
  [{ $match: "date-time" }, "yesterday", false],
  [{ $match: "any" }, [1], true],
  [{ $oneOf: ["x", "y"] }, "y", true],
  [{ $oneOf: ["x", "y"] }, "z", false],
])("%j describes %j: %s", (pattern, value, matches) => {
  expect(matchesPattern(pattern as never, value)).toBe(matches);
});
