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
  const counted = createCounters(registers);
  const lag = new Histogram({
    name: "cache_invalidation_lag_seconds",
    help: "From the end of a write's statement or commit to its first change of the cache",
    buckets: BUCKETS,
    registers,
  });
  const requests = durationsByRoute(registers);
  const invalidated = measureLag((seconds) => lag.observe(seconds));
  return {
    step: (step) => {
      if (step.kind !== "cache") return invalidated(step);
      if (step.error !== undefined) counted.cache_errors_total += 1;
      else if (step.operation === "get") counted[step.hit === true ? "cache_hits_total" : "cache_misses_total"] += 1;
      else counted[step.operation === "set" ? "cache_sets_total" : "cache_deletes_total"] += 1;
      invalidated(step);
    },
    answer: ({ route, status, duration }) => requests(route ?? "none", status).observe(duration / 1000),
    staleAnswer: () => void (counted.stale_answers_total += 1),
    type: registry.contentType,
    text: () => registry.metrics(),
  };
}

const COUNTERS = {
  cache_hits_total: "Reads of the cache that found an entry",
  cache_misses_total: "Reads of the cache that found nothing",
  cache_sets_total: "Entries stored",
  cache_deletes_total: "Deletes and clears of the cache",
  cache_errors_total: "Visits of the cache that failed",
  stale_answers_total: "Answers that were true at no moment while they were under way",
} as const;

type Counts = Record<keyof typeof COUNTERS, number>;

/** Plain numbers, read when somebody asks: a request pays nothing for a registry. */
function createCounters(registers: Registry[]): Counts {
  const names = Object.keys(COUNTERS) as (keyof Counts)[];
  const counts = Object.fromEntries(names.map((name) => [name, 0])) as Counts;
  for (const name of names) {
    const collect = function collect(this: Counter): void {
      this.reset();
      this.inc(counts[name]);
    };
    // oxlint-disable-next-line eslint/no-new -- it belongs to the registry from then on
    new Counter({ name, help: COUNTERS[name], registers, collect });
  }
  return counts;
}

/** Each label pair is looked up once. */
function durationsByRoute(
  registers: Registry[],
): (route: string, status: number) => { observe(seconds: number): void } {
  const histogram = new Histogram({
    name: "http_request_duration_seconds",
    help: "From a request's arrival to its answer",
    labelNames: ["route", "status"],
    buckets: BUCKETS,
    registers,
  });
  const known = new Map<string, Map<number, { observe(seconds: number): void }>>();
  return (route, status) => {
    const ofRoute = known.get(route) ?? new Map<number, { observe(seconds: number): void }>();
    known.set(route, ofRoute);
    const found = ofRoute.get(status) ?? histogram.labels({ route, status });
    ofRoute.set(status, found);
    return found;
  };
}

/** Statements inside a transaction count when it commits; reads' fills are no invalidation. */
function measureLag(observe: (seconds: number) => void): (step: LiveStep) => void {
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
