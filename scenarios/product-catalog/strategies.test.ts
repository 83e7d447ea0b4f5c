/** The strategies side by side, through the command as people run it: what they give and cost is what theory says. Needs a build. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Comparison, StrategyFigures } from "../../src/vocabulary.ts";
import { scenario } from "./scenario.ts";
import { FIVE_MINUTES } from "./strategies/products.ts";

// Whole commands, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const command = join(import.meta.dirname, "../../bin/stale-stats.js");
const folder = mkdtempSync(join(tmpdir(), "stale-stats-strategies-"));
const { costly, plain } = scenario.databaseDelay;

function compare(...options: string[]): { code: number | null; out: string; err: string } {
  const args = [command, "compare-strategies", "product-catalog", ...options];
  const { status, stdout, stderr } = spawnSync(execPath, args, { cwd: folder, encoding: "utf8" });
  return { code: status, out: stdout, err: stderr.replaceAll(/\s*\n\s+(?!at )/gu, " ") };
}

let comparison: Comparison;

function of(name: string): StrategyFigures {
  const found = comparison.strategies.find((strategy) => strategy.name === name);
  if (found === undefined) throw new Error(`no figures of ${name}`);
  return found;
}

beforeAll(() => {
  const { code, out, err } = compare("--json", "--svg", "chart.svg");
  if (code !== 0 || err !== "") throw new Error(`it ended with ${code}: ${err}`);
  comparison = JSON.parse(out) as Comparison;
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

test("all of them serve the same traffic, external writes included, and no answer is wrong", () => {
  expect(comparison).toMatchObject({ schemaVersion: 1, scenario: "product-catalog", minutes: 30 });
  expect(comparison.strategies.map(({ name }) => name)).toEqual([
    "no-cache",
    "ttl-only",
    "cache-aside",
    "write-through",
    "versioned-keys",
  ]);
  const { reads, writes, external } = comparison.traffic;
  expect(Math.min(reads, writes, external)).toBeGreaterThan(10);
  expect(comparison.strategies.map(({ wrongAnswers }) => wrongAnswers)).toEqual([0, 0, 0, 0, 0]);
});

test("without a cache every read is a costly one, and none is stale", () => {
  const { hitRate, staleAnswers, staleness, databaseReads, readLatency } = of("no-cache");
  expect({ hitRate, staleAnswers, staleness }).toEqual({ hitRate: 0, staleAnswers: 0, staleness: null });
  expect(databaseReads).toEqual({ all: comparison.traffic.reads, costly: comparison.traffic.reads });
  expect(readLatency.p50).toBe(costly);
});

test("by the time to live alone, many answers are stale, and none for longer than that", () => {
  const { staleAnswers, staleness, hitRate } = of("ttl-only");
  expect(staleAnswers).toBeGreaterThan(100);
  // What is stored was loaded the length of one look before.
  expect(staleness?.longest).toBeLessThanOrEqual(FIVE_MINUTES + costly);
  expect(staleness?.longest).toBeGreaterThan(FIVE_MINUTES / 2);
  expect(hitRate).toBeGreaterThan(0.9);
});

test("cache-aside forgets what handlers write, and what others write only when it expires", () => {
  const { staleAnswers, staleness, hitRate } = of("cache-aside");
  expect(staleAnswers).toBeGreaterThan(0);
  expect(staleAnswers).toBeLessThan(of("ttl-only").staleAnswers / 2);
  expect(staleness?.longest).toBeLessThanOrEqual(FIVE_MINUTES + costly);
  expect(hitRate).toBeLessThan(of("ttl-only").hitRate);
});

test("write-through pays with each write for hits after it, and is as deaf", () => {
  const { staleAnswers, hitRate, writeLatency } = of("write-through");
  expect(hitRate).toBeGreaterThan(of("cache-aside").hitRate);
  expect(writeLatency.p50).toBe(plain + costly);
  expect(of("cache-aside").writeLatency.p50).toBe(plain);
  expect(staleAnswers).toBeGreaterThan(0);
});

test("versioned keys are never stale, and ask the database for each read", () => {
  const { staleAnswers, databaseReads, readLatency, hitRate } = of("versioned-keys");
  expect(staleAnswers).toBe(0);
  expect(databaseReads.all).toBe(comparison.traffic.reads + databaseReads.costly);
  expect(readLatency.p50).toBe(plain);
  expect(hitRate).toBeGreaterThan(0.5);
});

test("the chart holds the figures, and a file that is no chart of ours is left alone", () => {
  const chart = readFileSync(join(folder, "chart.svg"), "utf8");
  for (const { title, databaseReads } of comparison.strategies)
    expect(chart).toMatch(new RegExp(`${title}: hit rate .*costly database reads ${databaseReads.costly},`, "u"));
  writeFileSync(join(folder, "mine.svg"), "<svg>drawn by hand</svg>");
  const { code, err } = compare("--minutes", "1", "--svg", "mine.svg");
  expect(code).toBe(6);
  expect(err).toContain("no chart of stale-stats wrote it");
  expect(readFileSync(join(folder, "mine.svg"), "utf8")).toBe("<svg>drawn by hand</svg>");
});

test("the same seed gives the same figures, another one others, and no workshop is made", () => {
  const [one, again, other] = ["monday", "monday", "tuesday"].map((seed) =>
    compare("--json", "--minutes", "4", "--seed", seed),
  );
  expect(one?.code).toBe(0);
  expect(again?.out).toBe(one?.out);
  const figures = (out = ""): unknown => (JSON.parse(out) as Comparison).strategies;
  expect(figures(other?.out)).not.toEqual(figures(one?.out));
  expect(existsSync(join(folder, "workshop"))).toBe(false);
});

test.each([
  [["--minutes", "0"], /must be a whole number from 1 to 600/u],
  [["--minutes", "soon"], /must be a whole number from 1 to 600/u],
  [["--svg", "nowhere/chart.svg"], /its folder is not there/u],
])("%j is refused in words", (options, words) => {
  const { code, err } = compare(...(options[0] === "--svg" ? ["--minutes", "1", ...options] : options));
  expect(code).toBeGreaterThan(0);
  expect(err).toMatch(words);
  expect(err).not.toMatch(/\n\s+at /u);
});
