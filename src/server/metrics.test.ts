/** The numbers that a scrape sees, from steps written by hand. */
import { expect, test } from "vitest";
import type { LiveCacheStep, LiveDatabaseStep } from "../vocabulary.ts";
import { createMetrics } from "./metrics.ts";

const cache = (
  request: number,
  operation: LiveCacheStep["operation"],
  more: Partial<LiveCacheStep> = {},
): LiveCacheStep => ({
  kind: "cache",
  request,
  operation,
  key: "k",
  at: 0,
  duration: 0,
  ...more,
});

const database = (
  request: number,
  operation: LiveDatabaseStep["operation"],
  more: Partial<LiveDatabaseStep> = {},
): LiveDatabaseStep => ({
  kind: "database",
  request,
  operation,
  sql: null,
  params: [],
  reads: [],
  costly: false,
  at: 0,
  duration: 0,
  ...more,
});

test("visits of the cache are counted by what came of them", async () => {
  const metrics = createMetrics();
  for (const hit of [true, true, false]) metrics.step(cache(1, "get", { hit }));
  for (const operation of ["set", "delete", "clear"] as const) metrics.step(cache(1, operation));
  metrics.step(cache(1, "get", { error: "The cache is not reachable" }));
  metrics.staleAnswer();
  for (let scrape = 0; scrape < 2; scrape += 1) {
    const text = await metrics.text();
    for (const line of ["hits_total 2", "misses_total 1", "sets_total 1", "deletes_total 2", "errors_total 1"])
      expect(text).toContain(`\ncache_${line}\n`);
    expect(text).toContain("\nstale_answers_total 1\n");
  }
});

test("the lag of an invalidation is from a write's commit to its first change of the cache", async () => {
  const metrics = createMetrics();
  metrics.step(cache(1, "delete", { at: 100 })); // before its write: invalidates nothing
  metrics.step(database(1, "run", { changes: 1, at: 1000 }));
  metrics.step(cache(2, "delete", { at: 1100 })); // somebody else's
  metrics.step(cache(1, "delete", { at: 1250 }));
  metrics.step(cache(1, "delete", { at: 9000 })); // the second one is late for nothing
  metrics.step(database(3, "begin"));
  metrics.step(database(3, "run", { changes: 1, at: 2000 }));
  metrics.step(cache(3, "get", { at: 2100 }));
  metrics.step(cache(3, "set", { at: 2200 })); // before the commit
  metrics.step(database(3, "commit", { at: 3000 }));
  metrics.step(cache(3, "set", { at: 3500 }));
  metrics.step(database(4, "run", { changes: 0, at: 4000 }));
  metrics.step(cache(4, "delete", { at: 5000 })); // nothing was written
  const text = await metrics.text();
  expect(text).toContain("cache_invalidation_lag_seconds_count 2");
  expect(text).toContain("cache_invalidation_lag_seconds_sum 0.75");
});

test("requests are measured by route and status", async () => {
  const metrics = createMetrics();
  for (const status of [200, 200, 404]) metrics.answer({ route: "statistics", status, duration: 2000 });
  metrics.answer({ route: null, status: 404, duration: 1 });
  const text = await metrics.text();
  expect(text).toContain('http_request_duration_seconds_count{route="statistics",status="200"} 2');
  expect(text).toContain('http_request_duration_seconds_sum{route="statistics",status="200"} 4');
  expect(text).toContain('http_request_duration_seconds_bucket{le="1",route="statistics",status="200"} 0');
  expect(text).toContain('http_request_duration_seconds_count{route="none",status="404"} 1');
});
