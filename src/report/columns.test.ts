import stringWidth from "string-width";
import { expect, test } from "vitest";
import type { Counterexample, StoryStep } from "../vocabulary.ts";
import { columnLines } from "./columns.ts";
import { glyphsFor } from "./verdict-glyphs.ts";
import { inkLines } from "./verdict-ink.ts";

type Story = Pick<Counterexample, "requests" | "steps">;

test("steps are numbered in order, each in its request's column, with a rule where control switches", () => {
  expect(draw(race(2))).toBe(
    [
      "      A  GET /items/1              │ B  GET /items/1",
      "      ─────────────────────────────┼─────────────────────────────",
      "   1  cache.get item  → miss       │",
      "      ─────────────────────────────┼─────────────────────────────",
      "   2                               │ cache.get item  → miss",
      "      ─────────────────────────────┼─────────────────────────────",
      "   3  cache.set item = 1  ◀ poison │",
      "",
    ].join("\n"),
  );
});

test("a lone request is a block over the whole width", () => {
  const story: Story = { requests: [request(0, 0), request(1, 1)], steps: [answer(0), answer(1)] };
  expect(draw(story)).toBe(
    ["      A  GET /items/1", "   1  ← 200", "", "      B  GET /items/1", "   2  ← 200", ""].join("\n"),
  );
});

test.each([
  [2, 80, "columns"],
  [3, 80, "lanes"],
  [4, 80, "lanes"],
  [3, 120, "columns"],
  [4, 120, "lanes"],
  [5, 160, "columns"],
  [2, 60, "lanes"],
])("%i requests in %i columns are drawn as %s and fit", (actors, width, shape) => {
  const text = draw(race(actors), width);
  expect(text.includes("│") ? "columns" : "lanes").toBe(shape);
  expect(text.split("\n").filter((line) => stringWidth(line) > width)).toEqual([]);
  expect(text.match(/^ +(\d+) /gmu)?.map(Number)).toEqual(Array.from({ length: actors + 1 }, (_, nth) => nth + 1));
});

test("in lanes each step stands under its request's letter", () => {
  const lines = draw(race(3)).split("\n");
  expect(lines).toContain("   1  A  ·  ·   cache.get item  → miss");
  expect(lines).toContain("   3  ·  ·  C   cache.get item  → miss");
  expect(lines).toContain("   4  A  ·  ·   cache.set item = 1  ◀ poison");
});

test("an arrival counts only where another request goes on", () => {
  const story: Story = {
    requests: [request(0, 0), request(1, 0)],
    steps: [arrival(0), step(0, "cache.get item", "miss"), arrival(1), step(0, "cache.set item"), answer(1)],
  };
  const text = draw(story);
  expect(text.match(/→ arrives/gu)).toHaveLength(1);
  expect(text).toMatch(/^ {3}2 .*│ → arrives$/mu);
  expect(text).toMatch(/^ {3}4 .*│ ← 200$/mu);
});

test("a step left behind is drawn beside the request during which it runs", () => {
  const story: Story = {
    requests: [request(0, 0), request(1, 1)],
    steps: [answer(0), answer(1), step(0, "cache.delete item")],
  };
  const text = draw(story);
  expect(text).toMatch(/^ {6}A {2}GET \/items\/1 +│ B {2}GET \/items\/1$/mu);
  expect(text).toContain("goes on after its answer");
  expect(text).toMatch(/^ {3}3 {2}cache\.delete item +│$/mu);
});

test("a long statement is cut before its result, a long key never", () => {
  const key = `cache.delete ${"k".repeat(60)}`;
  const statement = `db.get SELECT ${"column, ".repeat(20)}`;
  const story: Story = {
    requests: [request(0, 0), request(1, 0)],
    steps: [step(0, key, "deleted"), { ...step(1, statement, "3 rows"), kind: "database" }],
  };
  const text = draw(story);
  expect(text.match(/k/gu)).toHaveLength(60);
  expect(text).toMatch(/│ db\.get SELECT .*…  → 3 rows$/mu);
  expect(text.split("\n").filter((line) => stringWidth(line) > 80)).toEqual([]);
});

test("wide letters keep the columns straight", () => {
  const story: Story = {
    requests: [request(0, 0), request(1, 0)],
    steps: [step(0, "cache.get 鍵", "値"), step(1, "cache.get key", "miss")],
  };
  const bars = draw(story)
    .split("\n")
    .filter((line) => line.includes("│"))
    .map((line) => stringWidth(line.slice(0, line.indexOf("│"))));
  expect(new Set(bars).size).toBe(1);
});

test("more than 26 requests keep different letters", () => {
  const story: Story = { requests: [request(27, 0)], steps: [answer(27)] };
  expect(draw(story)).toContain("B1 GET /items/1");
});

test("a request that comes long after the one before says so", () => {
  const after = { ...request(1, 1), later: 3_599_999, label: "the dashboard" };
  const story: Story = { requests: [request(0, 0), after], steps: [arrival(0), answer(0), arrival(1), answer(1)] };
  expect(draw(story)).toContain("B  GET /items/1  1 hour later, the dashboard");
});

/** Everybody looks, then the first one stores. */
function race(actors: number): Story {
  const looks = Array.from({ length: actors }, (_, actor) => step(actor, "cache.get item", "miss"));
  return {
    requests: Array.from({ length: actors }, (_, actor) => request(actor, 0)),
    steps: [...looks, { ...step(0, "cache.set item = 1"), mark: "poison" }],
  };
}

function draw(story: Story, width: number = 80): string {
  return inkLines(columnLines(story, { width, glyphs: glyphsFor(true), instances: false }), false);
}

function request(actor: number, phase: number): Counterexample["requests"][number] {
  return { actor, method: "GET", path: "/items/1", instance: 0, phase };
}

function step(actor: number, text: string, result?: string): StoryStep {
  return { actor, kind: "cache", text, ...(result === undefined ? {} : { result }) };
}

function arrival(actor: number): StoryStep {
  return { actor, kind: "arrival", text: "GET /items/1" };
}

function answer(actor: number): StoryStep {
  return { actor, kind: "answer", text: "← 200" };
}
