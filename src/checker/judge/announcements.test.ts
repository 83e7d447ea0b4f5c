/** From when on a read must know of a write that nobody acknowledges, over histories written by hand. */
import { expect, test } from "vitest";
import type { Event, Finding, History, Outcome, RequestRecord, Version } from "../../vocabulary.ts";
import { judgeAnswers } from "./answers.ts";

const SECOND = 1000;
const total = (n: number): Outcome => ({ status: 200, body: { total: n } });

interface Script {
  /** What the read at the end, at event 12, was answered. */
  readonly served: number;
  /** Arrival and answer of the job; null: it never ran, or never ended. */
  readonly job?: readonly [number, number | null];
  /** The write is a request whose process died, not another program. */
  readonly died?: boolean;
  /** A request's own write commits here and is acknowledged one event later; the total is then `ownTotal`. */
  readonly ownWrite?: number;
  readonly ownTotal?: number;
  /** Milliseconds since the run began, at event 12. */
  readonly late?: number;
}

/** The total is 5; the write from outside makes it 6 at event 2; then come a job, an own write, and a read. */
function judge({ served, job, died = false, ownWrite, ownTotal = 7, late = 0 }: Script): Finding | null {
  const events: Event[] = Array.from({ length: 14 }, (_, at) => ({
    kind: "timer",
    actor: 0,
    at: at < 12 ? 0 : late,
    delay: 0,
  }));
  const base = { instance: 0, path: "/", probe: false, error: null, response: null } as const;
  const outside: RequestRecord = died
    ? { ...base, ref: "w0", role: "write", method: "POST", arrived: 1, answered: null }
    : { ...base, ref: "e0", role: "external", method: "SQL", arrived: 2, answered: 2 };
  const [arrived, answered] = job ?? [-1, null];
  const done = { status: 200, contentType: "application/json", body: { total: served } };
  const requests: RequestRecord[] = [
    outside,
    { ...base, ref: "j0", role: "job", method: "JOB", arrived, answered },
    { ...base, ref: "r0", role: "read", method: "GET", arrived: 12, answered: 13, response: done },
    {
      ...base,
      ref: "w1",
      role: "write",
      method: "POST",
      arrived: ownWrite === undefined ? -1 : ownWrite - 1,
      answered: ownWrite === undefined ? null : ownWrite + 1,
      response: { ...done, body: {} },
    },
  ];
  const outcomes = (n: number): Outcome[] => [{ status: 200 }, { status: 200 }, total(n), { status: 200 }];
  const versions: Version[] = [
    { event: -1, actor: null, outcomes: outcomes(5) },
    { event: 2, actor: 0, outcomes: outcomes(6) },
    ...(ownWrite === undefined ? [] : [{ event: ownWrite, actor: 3, outcomes: outcomes(ownTotal) }]),
  ];
  const faults = died ? { faults: [{ kind: "crash" as const, from: 0 }] } : {};
  const plan = { phases: [], probe: false, seed: "", ...faults };
  const rest = {
    plan,
    began: 0,
    schemaChanges: [],
    differences: [],
    schedule: [],
    points: [],
    switches: 0,
    cacheOperations: 0,
  };
  const history: History = {
    ...rest,
    requests,
    events,
    versions,
    end: { kind: "complete" },
    costly: [],
    longestStaleness: 60 * SECOND,
  };
  return judgeAnswers("p", history);
}

test.each([false, true])("before any job has run, the old answer is as good as the new one (died: %s)", (died) => {
  expect(judge({ served: 5, died })).toBeNull();
  expect(judge({ served: 6, died })).toBeNull();
  expect(judge({ served: 4, died })?.kind).toBe("wrong");
});

test.each([false, true])("once a job that began after it has ended, only the new one is fresh (died: %s)", (died) => {
  expect(judge({ served: 5, died, job: [4, 8] })?.kind).toBe("stale");
  expect(judge({ served: 6, died, job: [4, 8] })).toBeNull();
});

test("a job that began before it, or never ended, announces nothing", () => {
  expect(judge({ served: 5, job: [1, 8] })).toBeNull();
  expect(judge({ served: 5, job: [4, null] })).toBeNull();
});

test("after the longest staleness it must be known although no job ran", () => {
  expect(judge({ served: 5, late: 60 * SECOND - 1 })).toBeNull();
  expect(judge({ served: 5, late: 60 * SECOND })?.kind).toBe("stale");
});

test("an acknowledged write after it binds the read, and what lies between does not come along", () => {
  expect(judge({ served: 7, ownWrite: 9 })).toBeNull();
  expect(judge({ served: 6, ownWrite: 9 })?.kind).toBe("stale");
  expect(judge({ served: 5, ownWrite: 9 })?.kind).toBe("stale");
});

test("an acknowledged write that leaves this answer alone does not make the one from outside known", () => {
  expect(judge({ served: 5, ownWrite: 9, ownTotal: 6 })).toBeNull();
  expect(judge({ served: 5, ownWrite: 9, ownTotal: 6, job: [4, 8] })?.kind).toBe("stale");
});
