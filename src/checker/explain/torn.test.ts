/** Answers that were put together from two states, and those that only look it, over histories written by hand. */
import { expect, test } from "vitest";
import type { Event, History, Json, Outcome, RequestRecord } from "../../vocabulary.ts";
import type { Failure } from "../explore.ts";
import { tornAt } from "./torn.ts";

const truth = (n: number): Outcome => ({ status: 200, body: { number: n, last: `day ${n}` } });

/** A read asks at each of `asked`; a write commits at event 2, and makes a number of 1 one of 2. */
function failure(served: Json, asked: readonly number[]): Failure {
  const events: Event[] = Array.from({ length: 5 }, (_, at): Event => {
    const query = { kind: "database", at: 0, operation: "get", sql: "SELECT", reads: ["logs"] } as const;
    if (at === 2) return { ...query, actor: 1, operation: "run", committed: 1 };
    return asked.includes(at) ? { ...query, actor: 0 } : { kind: "timer", actor: 0, at: 0, delay: 0 };
  });
  const base = { instance: 0, path: "/", probe: false, error: null } as const;
  const response = { status: 200, contentType: "application/json", body: served };
  const requests: RequestRecord[] = [
    { ...base, ref: "r0", role: "read", method: "GET", arrived: 0, answered: 4, response },
    {
      ...base,
      ref: "w0",
      role: "write",
      method: "POST",
      arrived: 1,
      answered: 3,
      response: { ...response, body: null },
    },
  ];
  const done: Outcome = { status: 200 };
  const versions = [
    { event: -1, actor: null, outcomes: [truth(1), done] },
    { event: 2, actor: 1, outcomes: [truth(2), done] },
  ];
  const history: History = {
    plan: { phases: [], probe: false, seed: "" },
    events,
    requests,
    versions,
    began: 0,
    schemaChanges: [],
    differences: [],
    schedule: [],
    points: [],
    switches: 0,
    cacheOperations: 0,
    end: { kind: "complete" },
    costly: [],
    longestStaleness: 0,
  };
  return {
    history,
    finding: { property: "fresh-under-race", kind: "wrong", request: 0, served, detail: "" },
  };
}

test("each part is true of one of the two states: torn at the first query after the write", () => {
  const torn = failure({ number: 1, last: "day 2" }, [1, 3]);
  expect(tornAt(torn)).toBe(torn.history.events[3]);
});

test.each<[string, Json, readonly number[]]>([
  ["a part that was never true", { number: 1, last: "day 3" }, [1, 3]],
  ["a part too many", { number: 1, last: "day 2", more: 1 }, [1, 3]],
  ["one query before the write", { number: 1, last: "day 2" }, [1]],
  ["one query after the write", { number: 1, last: "day 2" }, [3]],
  ["no query at all", { number: 1, last: "day 2" }, []],
])("%s: not torn", (_, served, asked) => {
  expect(tornAt(failure(served, asked))).toBeUndefined();
});
