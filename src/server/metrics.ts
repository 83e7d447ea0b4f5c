/** The service's numbers in Prometheus' format, counted from its steps. Knows no handler and no page. */
import { Counter, Histogram, Registry } from "prom-client";
import type { LiveDatabaseStep, LiveStep } from "../vocabulary.ts";

export interface Metrics {
  step(step: LiveStep): void;
  answer(answered: { readonly route: string | null; readonly status: number; readonly duration: number }): void;
  staleAnswer(): void;
  readonly type: string;
  text(): Promise<string>;
}

/** Requests whose commit is remembered until they touch the cache. */
const MOST_COMMITS = 1000;
const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const count = (name: string, help: string): Counter => new Counter({ name, help, registers });
  const hits = count("cache_hits_total", "Reads of the cache that found an entry");
  const misses = count("cache_misses_total", "Reads of the cache that found nothing");
  const sets = count("cache_sets_total", "Entries stored");
  const deletes = count("cache_deletes_total", "Deletes and clears of the cache");
  const errors = count("cache_errors_total", "Visits of the cache that failed");
  const stale = count("stale_answers_total", "Answers that were true at no moment while they were under way");
  const lag = new Histogram({
    name: "cache_invalidation_lag_seconds",
    help: "From the end of a write's statement or commit to its first change of the cache",
    buckets: BUCKETS,
    registers,
  });
  const requests = new Histogram({
    name: "http_request_duration_seconds",
    help: "From a request's arrival to its answer",
    labelNames: ["route", "status"],
    buckets: BUCKETS,
    registers,
  });
  const invalidated = measureLag((seconds) => lag.observe(seconds));
  return {
    step: (step) => {
      invalidated(step);
      if (step.kind !== "cache") return;
      if (step.error !== undefined) errors.inc();
      else if (step.operation === "get") (step.hit === true ? hits : misses).inc();
      else if (step.operation === "set") sets.inc();
      else deletes.inc();
    },
    answer: ({ route, status, duration }) => requests.observe({ route: route ?? "none", status }, duration / 1000),
    staleAnswer: () => stale.inc(),
    type: registry.contentType,
    text: () => registry.metrics(),
  };
}

/** Statements inside a transaction count when it commits; reads' fills are no invalidation. */
export function measureLag(observe: (seconds: number) => void): (step: LiveStep) => void {
  const committed = new Map<number, number>();
  const open = new Set<number>();
  return (step) => {
    if (step.kind === "database") {
      noteTransaction(open, step);
      const wrote = step.operation === "commit" || ((step.changes ?? 0) > 0 && !open.has(step.request));
      if (wrote) committed.set(step.request, step.at);
      forgetOldest(committed);
      return;
    }
    const at = step.kind === "cache" && step.operation !== "get" ? committed.get(step.request) : undefined;
    if (at === undefined) return;
    committed.delete(step.request);
    observe(Math.max(0, step.at - at) / 1000);
  };
}

function noteTransaction(open: Set<number>, { operation, request }: LiveDatabaseStep): void {
  if (operation === "begin") open.add(request);
  if (operation === "commit" || operation === "rollback") open.delete(request);
}

function forgetOldest(committed: Map<number, number>): void {
  const [oldest] = committed.keys();
  if (committed.size > MOST_COMMITS && oldest !== undefined) committed.delete(oldest);
}
