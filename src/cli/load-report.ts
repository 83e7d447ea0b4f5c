/** The results of a load test as values: what was measured, and what of it was not as it should be. Pure. */
import type { WorkloadName } from "./load-workloads.ts";

export interface Bucket {
  /** Milliseconds; answers that took less than this, and not less than the bucket before. */
  readonly below: number;
  readonly answers: number;
}

/** `--json` prints one. Times in milliseconds, rates from 0 to 1; null: the service does not count it. */
export interface LoadReport {
  readonly schemaVersion: 1;
  readonly scenario: string;
  readonly address: string;
  readonly hitRate: { readonly before: number | null; readonly after: number | null };
  readonly workloads: readonly WorkloadResult[];
  readonly missed: readonly string[];
}

export interface WorkloadResult {
  readonly name: WorkloadName;
  readonly asks: string;
  readonly seconds: number;
  readonly connections: number;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly latency: { readonly p50: number; readonly p90: number; readonly p99: number; readonly longest: number };
  /** Answers with a status of 400 and above, and requests without an answer. */
  readonly refused: number;
  readonly failed: number;
  readonly hitRate: number | null;
  readonly staleAnswers: number | null;
  readonly histogram: readonly Bucket[];
}

export interface Thresholds {
  readonly maxP99?: number;
  readonly maxStale?: number;
  /** Per cent. */
  readonly minHitRate?: number;
}

/** One line for each threshold that a workload has missed; one that cannot be told has been missed. */
export function missedThresholds(results: readonly WorkloadResult[], limits: Thresholds): string[] {
  const { maxP99, maxStale, minHitRate } = limits;
  return results.flatMap(({ name, latency, staleAnswers, hitRate }) => [
    ...(maxP99 !== undefined && !(latency.p99 <= maxP99)
      ? [`${name}: p99 is ${latency.p99.toFixed(1)} ms, and must not be above ${maxP99} ms`]
      : []),
    ...(maxStale !== undefined && !(staleAnswers !== null && staleAnswers <= maxStale)
      ? [`${name}: stale answers are ${staleAnswers ?? "not counted"}, and must not be above ${maxStale}`]
      : []),
    ...(minHitRate !== undefined && !(hitRate !== null && hitRate * 100 >= minHitRate)
      ? [`${name}: the hit rate is ${percent(hitRate)}, and must not be below ${minHitRate} %`]
      : []),
  ]);
}

/** Powers of two, from half a millisecond on: each answer in the first bucket that it fits. */
export function histogramOf(times: readonly number[]): Bucket[] {
  const counts = new Map<number, number>();
  for (const time of times) {
    let below = 0.5;
    while (time >= below) below *= 2;
    counts.set(below, (counts.get(below) ?? 0) + 1);
  }
  const bounds = [...counts.keys()];
  const buckets: Bucket[] = [];
  for (let below = Math.min(...bounds); below <= Math.max(...bounds); below *= 2)
    buckets.push({ below, answers: counts.get(below) ?? 0 });
  return buckets;
}

/** `share` from 0 to 1. The time within which that share of the answers came; 0 without any. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export function percent(rate: number | null): string {
  return rate === null ? "nobody asked the cache" : `${(rate * 100).toFixed(1)} %`;
}
