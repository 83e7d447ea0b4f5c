/** From what was noted of each strategy to the figures that are shown. Pure. */
import type { Comparison, Spread, StrategyFigures, StrategyRun } from "../vocabulary.ts";
import { percentile } from "./load-report.ts";

interface Named {
  readonly name: string;
  readonly manifest: { readonly title: string; readonly summary: string };
}

export interface Compared extends Pick<Comparison, "scenario" | "seed" | "minutes"> {
  readonly strategies: readonly Named[];
  /** One for each strategy, in their order. */
  readonly runs: readonly StrategyRun[];
}

export function comparisonOf({ scenario, seed, minutes, strategies, runs }: Compared): Comparison {
  const [first] = runs;
  const { reads = 0, writes = 0, external = 0 } = first ?? {};
  return {
    schemaVersion: 1,
    scenario,
    seed,
    minutes,
    traffic: { reads, writes, external },
    strategies: strategies.flatMap((strategy, nth) => {
      const run = runs[nth];
      return run === undefined ? [] : [figuresOf(strategy, run)];
    }),
  };
}

function figuresOf({ name, manifest: { title, summary } }: Named, run: StrategyRun): StrategyFigures {
  return {
    name,
    title,
    summary,
    hitRate: run.reads === 0 ? 0 : run.hits / run.reads,
    staleAnswers: run.staleness.length,
    staleness: run.staleness.length === 0 ? null : spreadOf(run.staleness),
    databaseReads: { all: run.databaseReads, costly: run.costlyReads },
    writeLatency: spreadOf(run.writeLatency),
    readLatency: spreadOf(run.readLatency),
    wrongAnswers: run.wrongAnswers,
  };
}

function spreadOf(times: readonly number[]): Spread {
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), longest: percentile(times, 1) };
}
