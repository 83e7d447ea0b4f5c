/** What is told of a job: all of a run that did something, nothing of one that found nothing to do. */
import { expect, test } from "vitest";
import { withoutIdleJobs } from "./idle-jobs.ts";
import type { LiveStep } from "./live-step.ts";

const base = { at: 0, duration: 0 };
const arrival = (request: number): LiveStep => ({ ...base, kind: "arrival", request, method: "POST", path: "/" });
const answer = (request: number, status = 200): LiveStep => ({
  ...base,
  kind: "answer",
  request,
  status,
  thrown: null,
});
const deletion = (request: number): LiveStep => ({ ...base, kind: "cache", request, operation: "delete", key: "k" });
const query = (request: number, changes = 0): LiveStep => ({
  ...base,
  kind: "database",
  request,
  operation: "run",
  sql: "",
  params: [],
  reads: [],
  costly: false,
  changes,
});

/** Requests above 100 are runs of a job. */
function told(steps: readonly LiveStep[]): LiveStep[] {
  const passed: LiveStep[] = [];
  let current = 0;
  const pass = withoutIdleJobs({ tell: (step) => passed.push(step), isJob: () => current > 100 });
  for (const step of steps) {
    current = step.request;
    pass(step);
  }
  return passed;
}

test("a run that only looks is not told, and what others do meanwhile is told at once", () => {
  const others = [arrival(1), query(1), deletion(1), answer(1)];
  const mixed = [arrival(101), arrival(1), query(101), query(1), deletion(1), answer(101), answer(1)];
  expect(told(mixed)).toEqual(others);
});

test.each([
  ["touches the cache", [arrival(101), query(101), deletion(101), answer(101)]],
  ["changes rows", [arrival(101), query(101, 1), answer(101)]],
  ["fails", [arrival(101), answer(101, 500)]],
])("a run that %s is told whole, in its order", (_, steps) => {
  expect(told(steps)).toEqual(steps);
});
