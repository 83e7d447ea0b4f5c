import { expect, test } from "vitest";
import { histogramOf, missedThresholds, percentile, type WorkloadResult } from "./load-report.ts";
import { histogramLines } from "./load-text.ts";
import { chooseWorkloads, trafficOf } from "./load-workloads.ts";
import { countersIn, hitRate, since } from "./service-counters.ts";

const RESULT: WorkloadResult = {
  name: "mixed",
  asks: "",
  seconds: 1,
  connections: 1,
  requests: 10,
  requestsPerSecond: 10,
  latency: { p50: 1, p90: 5, p99: 20, longest: 30 },
  refused: 0,
  failed: 0,
  hitRate: 0.9,
  staleAnswers: 3,
  histogram: [],
};

test("percentiles are times that some answer took", () => {
  const times = [5, 1, 4, 2, 3];
  expect([0.5, 0.9, 0.99, 1].map((share) => percentile(times, share))).toEqual([3, 5, 5, 5]);
  expect(percentile([], 0.5)).toBe(0);
});

test("an answer is in the first bucket above its time, and none is left out between", () => {
  expect(histogramOf([0.2, 0.5, 3.9, 4])).toEqual([
    { below: 0.5, answers: 1 },
    { below: 1, answers: 1 },
    { below: 2, answers: 0 },
    { below: 4, answers: 1 },
    { below: 8, answers: 1 },
  ]);
});

test("the fullest bucket has the longest bar, and no answer is without one", () => {
  const look = { color: false, emoji: false, width: 34 };
  expect(
    histogramLines(
      [
        { below: 1, answers: 100 },
        { below: 2, answers: 0 },
        { below: 4, answers: 1 },
      ],
      look,
    ),
  ).toEqual(["      < 1 ms  ########## 100", "      < 2 ms  0", "      < 4 ms  # 1"]);
});

test("a threshold is missed above or below it, not at it", () => {
  const missed = (limits: Parameters<typeof missedThresholds>[1]): string[] => missedThresholds([RESULT], limits);
  expect(missed({ maxP99: 20, maxStale: 3, minHitRate: 90 })).toEqual([]);
  expect(missed({ maxP99: 19, maxStale: 2, minHitRate: 91 })).toEqual([
    "mixed: p99 is 20.0 ms, and must not be above 19 ms",
    "mixed: stale answers are 3, and must not be above 2",
    "mixed: the hit rate is 90.0 %, and must not be below 91 %",
  ]);
});

test("what the service does not count is no pass", () => {
  const uncounted = { ...RESULT, hitRate: null, staleAnswers: null };
  expect(missedThresholds([uncounted], { maxStale: 5, minHitRate: 1 })).toHaveLength(2);
});

test("counters are read by their names, and subtracted", () => {
  const text = (hits: number): string =>
    `# HELP cache_hits_total Reads\ncache_hits_total ${hits}\ncache_misses_total 5\nstale_answers_total 2\n`;
  const [before, after] = [countersIn(text(10)), countersIn(text(25))];
  expect(before).toEqual({ hits: 10, misses: 5, staleAnswers: 2 });
  if (before === null || after === null) throw new Error("they were not read");
  expect(since(before, after)).toEqual({ hits: 15, misses: 0, staleAnswers: 0 });
  expect([hitRate({ hits: 15, misses: 5 }), hitRate({ hits: 0, misses: 0 })]).toEqual([0.75, null]);
  expect(countersIn("something_else 1")).toBeNull();
});

test("the workloads are the story: its viewer looks, its crowd writes one after the other and begins again", () => {
  const story = {
    viewer: { request: { route: "look", path: "/things/1" } },
    crowd: { count: 2, request: (n: number) => ({ route: "add", path: `/things/${n}`, body: "{}" }) },
  };
  const routes = [
    { id: "look", method: "GET" },
    { id: "add", method: "POST" },
  ];
  const traffic = trafficOf({ routes, story } as never);
  expect(traffic.read).toEqual({ method: "GET", path: "/things/1", headers: {}, body: undefined });
  expect([traffic.write(), traffic.write(), traffic.write()].map(({ path }) => path)).toEqual([
    "/things/0",
    "/things/1",
    "/things/0",
  ]);
  expect(traffic.write()).toMatchObject({ method: "POST", headers: { "content-type": "application/json" } });
  expect(chooseWorkloads(undefined).map(({ name }) => name)).toEqual(["warm-up", "mixed", "stale-read"]);
  expect(chooseWorkloads("mixed")).toEqual([expect.objectContaining({ turns: [...Array(9).fill("read"), "write"] })]);
});
