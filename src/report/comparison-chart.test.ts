import { expect, test } from "vitest";
import type { Comparison, StrategyFigures } from "../vocabulary.ts";
import { comparisonChart } from "./index.ts";

const spread = { p50: 4, p99: 154, longest: 200 };

function strategy(changes: Partial<StrategyFigures>): StrategyFigures {
  const databaseReads = { all: 900, costly: 120 };
  const figures = { hitRate: 0.5, staleAnswers: 0, staleness: null, databaseReads, wrongAnswers: 0 };
  return { name: "one", title: "one", summary: "", writeLatency: spread, readLatency: spread, ...figures, ...changes };
}

const comparison: Comparison = {
  schemaVersion: 1,
  scenario: "shop",
  seed: "s",
  minutes: 30,
  traffic: { reads: 1, writes: 1, external: 1 },
  strategies: [
    strategy({}),
    strategy({ name: "two", title: 'two <b> & "three"', staleAnswers: 17, staleness: { ...spread, longest: 61_500 } }),
  ],
};

/** Names of tags that are opened and not closed, or closed and not opened. */
function unbalanced(xml: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, closes, name = "", empty] of xml.matchAll(/<(\/?)([a-zA-Z]+)(?:\s+[\w:-]+="[^"<]*")*\s*(\/?)>/gu)) {
    if (closes === "/") {
      if (open.pop() !== name) wrong.push(name);
    } else if (empty !== "/") open.push(name);
  }
  return [...open, ...wrong];
}

test("the chart is one well-formed picture with every figure in it, and needs nothing from outside", async () => {
  const svg = await comparisonChart.svg(comparison, "A shop & its prices");
  expect(svg).toMatch(/^<!--[^>]*-->\n<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/u);
  expect(unbalanced(svg)).toEqual([]);
  expect(svg.replaceAll(/<!--.*?-->|<\/?[a-zA-Z]+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/gu, "")).not.toMatch(/[<>]/u);
  for (const words of ["50.0 %", "17", "61.5 s", "none", "120", "154 ms", "A shop &amp; its prices"])
    expect(svg).toContain(`>${words}`);
  expect(svg).toContain("two &lt;b&gt; &amp; &quot;three&quot;: hit rate");
  expect(svg).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/u);
  expect(svg).not.toMatch(/var\(|<script|<style|href=/u);
});

test("a chart of ours is known, and another file is not", async () => {
  expect(comparisonChart.isChart(await comparisonChart.svg(comparison, "A shop"))).toBe(true);
  expect(comparisonChart.isChart('<svg xmlns="http://www.w3.org/2000/svg"></svg>')).toBe(false);
});
