/** `compare-strategies` where there is nothing to compare, and its figures and words. With one that has strategies, it is tested there. */
import { expect, onTestFinished, test } from "vitest";
import type { StrategyRun } from "../vocabulary.ts";
import { comparisonOf } from "./compare-figures.ts";
import { run } from "./compare-strategies.ts";
import { comparisonText } from "./compare-text.ts";
import { recordingIo } from "./recording-io.test-support.ts";

const nothing: StrategyRun = {
  reads: 8,
  writes: 2,
  external: 1,
  hits: 6,
  wrongAnswers: 0,
  staleness: [],
  databaseReads: 5,
  costlyReads: 2,
  writeLatency: [4, 150],
  readLatency: [0, 0, 0, 150],
};

const named = (name: string): { name: string; manifest: { title: string; summary: string } } => ({
  name,
  manifest: { title: `${name} title`, summary: `${name} summary` },
});

const comparison = comparisonOf({
  scenario: "shop",
  seed: "monday",
  minutes: 3,
  strategies: [named("one"), named("two")],
  runs: [nothing, { ...nothing, staleness: [5000, 61_000, 900], wrongAnswers: 7 }],
});

test("a scenario without strategies says so, and which has some", async () => {
  const io = recordingIo();
  onTestFinished(io.remove);
  await expect(run({ scenario: "stale-statistics" }, io)).rejects.toMatchObject({
    code: "usage",
    message: "stale-statistics brings no strategies to compare.",
    hint: expect.stringMatching(/^Compare those of [a-z-]+(, [a-z-]+)*\.$/u),
  });
  expect(io.printed()).toBe("");
});

test("figures are shares and percentiles of what was noted", () => {
  const [one, two] = comparison.strategies;
  expect(comparison.traffic).toEqual({ reads: 8, writes: 2, external: 1 });
  expect(one).toMatchObject({ hitRate: 0.75, staleAnswers: 0, staleness: null, databaseReads: { all: 5, costly: 2 } });
  expect(one?.writeLatency).toEqual({ p50: 4, p99: 150, longest: 150 });
  expect(two).toMatchObject({ staleAnswers: 3, staleness: { p50: 5000, p99: 61_000, longest: 61_000 } });
});

test("the table has a row for each strategy, and wrong answers are not kept quiet", () => {
  const look = { color: false, emoji: false, width: 80 };
  const text = comparisonText({ comparison, title: "The shop", chart: "a.svg" }, look);
  expect(text).toMatch(/one title +75\.0 % +0 +- +- +-\n/u);
  expect(text).toMatch(/two title +75\.0 % +3 +5\.0 s +1 min 1 s +1 min 1 s\n/u);
  expect(text).toMatch(/one title +5 +2 +4 ms +150 ms +0 ms +150 ms\n/u);
  expect(text).toContain("two title: 7 answers that were never true");
  expect(text).toContain("--seed monday --minutes 3");
});

test.each([40, 80, 120])("nothing is wider than %d columns", (width) => {
  const text = comparisonText({ comparison, title: "The shop", chart: null }, { color: false, emoji: false, width });
  expect(text.split("\n").filter((line) => line.length > width)).toEqual([]);
});
