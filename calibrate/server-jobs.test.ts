import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openJobs } from "./server-jobs.ts";
import type { JobsOrder } from "./server-message.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("each run ends with the answer to its own order", async () => {
  const told: JobsOrder[] = [];
  const jobs = openJobs();
  jobs.open((order) => void told.push(order));
  const runs = [jobs.run(), jobs.run()];
  for (const { turn } of told.toReversed()) jobs.ended({ turn, status: 200 + turn });
  expect(await Promise.all(runs)).toEqual([
    { status: 201, body: null },
    { status: 202, body: null },
  ]);
});

test("a run that does not end in time has no answer, and an answer that comes too late is nobody's", async () => {
  const jobs = openJobs();
  jobs.open(() => undefined);
  const run = jobs.run();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await run).toBeNull();
  jobs.ended({ turn: 1, status: 200 });
  const next = jobs.run();
  jobs.ended({ turn: 2, status: 500 });
  expect(await next).toEqual({ status: 500, body: null });
});
