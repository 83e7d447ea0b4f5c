/** The judge over hand-written histories: fresh, stale, wrong, recorded, and nothing else. */
import { expect, test } from "vitest";
import type { Event, History, Outcome, RequestRecord, RowDifference, Version } from "../../vocabulary.ts";
import { judgeAnswers, judgeContract } from "./answers.ts";
import { isWellShaped, matches } from "./pattern.ts";
import { timelineOf } from "./timeline.ts";

/** 2026-01-05T09:00:00.000Z: all events of these histories are of this one moment. */
const BEGAN = 1_767_603_600_000;

const total = (n: number): Outcome => ({ status: 200, body: { total: n } });
const created: Outcome = {
  status: 201,
  body: { id: { $inserted: "logs" } },
  changes: [
    { kind: "insert", table: "logs", row: { item: 1, at: { $match: "now" } } },
    { kind: "update", table: "items", id: 1, set: { touched: { $match: "now" } } },
  ],
};
const inserted: RowDifference = {
  table: "logs",
  before: null,
  after: { id: 9, item: 1, at: "2026-01-05T09:00:00.000Z" },
};
const touched: RowDifference = {
  table: "items",
  before: { id: 1, touched: null },
  after: { id: 1, touched: "2026-01-05T09:00:00.000Z" },
};

interface Script {
  /** Positions: arrival and answer of the read; the write arrives at 2, commits at 4 and is answered at 6. */
  readonly read?: readonly [number, number];
  readonly body?: RequestRecord["response"];
  readonly wrote?: RequestRecord["response"];
  readonly commit?: number;
  readonly differences?: readonly RowDifference[];
  readonly more?: Partial<History>;
}

/** One read (0) and one write (1), whose commit raises the total from 5 to 6. */
function history({
  read = [10, 12],
  body = reply(200, { total: 6 }),
  wrote = reply(201, { id: 9 }),
  commit = 4,
  differences = [inserted, touched],
  more,
}: Script): History {
  const events: Event[] = Array.from({ length: 14 }, () => ({ kind: "timer", actor: 0, at: 0, delay: 0 }));
  const base = { instance: 0, path: "/", probe: false, error: null } as const;
  const requests: RequestRecord[] = [
    { ...base, ref: "r0", role: "read", method: "GET", arrived: read[0], answered: read[1], response: body },
    { ...base, ref: "w0", role: "write", method: "POST", arrived: 2, answered: 6, response: wrote },
  ];
  const versions: Version[] = [
    { event: -1, actor: null, outcomes: [total(5), created] },
    { event: commit, actor: 1, outcomes: [total(6), created] },
  ];
  const plan = { phases: [], probe: false, seed: "" };
  const rest = {
    began: BEGAN,
    schemaChanges: [],
    schedule: [],
    points: [],
    switches: 0,
    cacheOperations: 0,
    costly: [],
    end: { kind: "complete" } as const,
  };
  return { plan, requests, events, versions, differences, ...rest, ...more };
}

function reply(status: number, body: NonNullable<RequestRecord["response"]>["body"]): RequestRecord["response"] {
  return { status, contentType: "application/json", body };
}

const old = reply(200, { total: 5 });
const judged = (script: Script): string | null => judgeAnswers("p", history(script))?.kind ?? null;
const kept = (script: Script): string | null =>
  judgeContract("p", history(script))?.cause ?? judgeContract("p", history(script))?.kind ?? null;

test("after the acknowledgement only the new truth is fresh", () => {
  expect(judged({ read: [7, 12] })).toBe(null);
  expect(judged({ read: [7, 12], body: old })).toBe("stale");
  expect(judged({ read: [7, 12], body: reply(200, { total: 7 }) })).toBe("wrong");
});

test("a 304 is judged by the body that the client goes on with, and one that nobody asked for by its status", () => {
  const notModified = (n: number): RequestRecord["response"] => ({
    status: 200,
    contentType: "application/json",
    notModified: true,
    body: { total: n },
  });
  expect(judged({ read: [7, 12], body: notModified(6) })).toBe(null);
  expect(judged({ read: [7, 12], body: notModified(5) })).toBe("stale");
  expect(judged({ read: [7, 12], body: { status: 304, contentType: null, body: "" } })).toBe("contract");
});

test("a read that came before the acknowledgement may still see the old truth", () => {
  expect(judged({ read: [5, 12], body: old })).toBe(null);
  expect(judged({ read: [1, 3], body: old })).toBe(null);
});

test("nobody may see what is committed after the answer", () => {
  expect(judged({ read: [1, 3] })).toBe("wrong");
});

test("a commit after the write's own answer is acknowledged at once", () => {
  const timeline = timelineOf(history({ commit: 8 }));
  expect([timeline.acknowledgedBefore(8), timeline.acknowledgedBefore(9)]).toEqual([0, 1]);
});

test("an acknowledgement covers all earlier commits", () => {
  const plain = history({});
  const third: Version = { event: 5, actor: 0, outcomes: [total(7), created] };
  const timeline = timelineOf({
    ...plain,
    versions: [...plain.versions, third],
    requests: plain.requests.map((record) =>
      record.ref === "r0" ? { ...record, answered: 5 } : { ...record, answered: null },
    ),
  });
  expect(timeline.acknowledgedBefore(6)).toBe(2);
});

test("an old status is stale, an unknown one breaks the contract, and so does another shape", () => {
  const gone = history({ read: [7, 12], body: reply(404, null) });
  const versions = gone.versions.map((version, v) =>
    v === 0 ? { ...version, outcomes: [{ status: 404 }, created] } : version,
  );
  expect(judgeAnswers("p", { ...gone, versions })?.kind).toBe("stale");
  expect(judged({ body: reply(500, null) })).toBe("contract");
  expect(judged({ body: reply(200, { total: "6" }) })).toBe("contract");
  expect(judged({ body: reply(200, { total: 6, more: 1 }) })).toBe("contract");
});

test("a write must answer as the contract says", () => {
  expect(judged({ wrote: reply(200, { id: 9 }) })).toBe("contract");
  expect(judged({ wrote: reply(201, {}) })).toBe("contract");
});

test("a time that is recorded is the time of its request, to the second", () => {
  const at = (time: string): string | null =>
    kept({ differences: [{ ...inserted, after: { ...inserted.after, at: time } }, touched] });
  expect(at("2026-01-05T09:00:00Z")).toBe(null);
  expect(at("2026-01-05T10:00:00+01:00")).toBe(null);
  expect(at("2026-01-05T09:00:00.001Z")).toBe(null);
  expect(at("2026-01-05T08:59:59.999Z")).toBe("write-not-recorded");
  expect(at("2026-01-05T09:00:01.000Z")).toBe("write-not-recorded");
  expect(at("2026-01-05")).toBe("write-not-recorded");
  expect(at("2026-13-05T09:00:00.000Z")).toBe("write-not-recorded");
});

test("a write that came after another one leaves its own time", () => {
  const plain = history({ more: { end: { kind: "complete" } } });
  const [read, first] = plain.requests;
  if (read === undefined || first === undefined) throw new Error("a history without requests");
  const second: RequestRecord = { ...first, arrived: 8, answered: 12, response: reply(201, { id: 10 }) };
  const both = (touchedAt: string): string | null => {
    const requests = [{ ...read, arrived: 0, answered: 1, response: old }, first, second];
    const versions = plain.versions.map((version) => ({ ...version, outcomes: [...version.outcomes, created] }));
    const again: Version = { event: 10, actor: 2, outcomes: [total(7), created, created] };
    const events = plain.events.map((event, position) => ({ ...event, at: position < 8 ? 0 : 1000 }));
    const row = { ...inserted, after: { ...inserted.after, id: 10, at: "2026-01-05T09:00:01.000Z" } };
    const differences = [inserted, row, { ...touched, after: { id: 1, touched: touchedAt } }];
    const told = judgeContract("p", { ...plain, requests, events, versions: [...versions, again], differences });
    return told?.cause ?? told?.kind ?? null;
  };
  expect(both("2026-01-05T09:00:01.000Z")).toBe(null);
  expect(both("2026-01-05T09:00:00.000Z")).toBe("write-not-recorded");
});

test("what was acknowledged must be recorded, and nothing else", () => {
  expect(kept({})).toBe(null);
  expect(kept({ differences: [touched] })).toBe("write-not-recorded");
  expect(kept({ differences: [inserted] })).toBe("write-not-recorded");
  expect(kept({ commit: 8 })).toBe("write-not-recorded");
  expect(kept({ wrote: reply(201, { id: 8 }) })).toBe("write-not-recorded");
  expect(
    kept({ differences: [inserted, touched, { ...inserted, after: { id: 10, item: 1, at: "2026-01-05" } }] }),
  ).toBe("contract-changed");
  expect(kept({ differences: [inserted, { ...touched, after: { ...touched.after, name: "new" } }] })).toBe(
    "contract-changed",
  );
  expect(kept({ differences: [inserted, touched, { table: "items", before: { id: 2 }, after: null }] })).toBe(
    "contract-changed",
  );
  expect(kept({ more: { schemaChanges: ["trigger"] } })).toBe("contract-changed");
});

test("errors and missing answers come before anything else", () => {
  const plain = history({ body: old });
  const threw = {
    ...plain,
    requests: plain.requests.map((record) => ({
      ...record,
      error: { name: "ReferenceError", message: "x", location: null },
    })),
  };
  expect(judgeAnswers("p", threw)).toMatchObject({ kind: "threw", cause: "undefined-name", request: 0 });
  expect(judgeAnswers("p", { ...plain, end: { kind: "stuck", actors: [1] } })).toMatchObject({
    kind: "never-answered",
    cause: "never-answers",
    request: 1,
  });
  expect(judgeAnswers("p", { ...plain, end: { kind: "endless", actors: [1] } })).toMatchObject({
    kind: "never-answered",
    cause: "endless-loop",
    request: 1,
  });
});

test("patterns", () => {
  expect(matches({ a: 1, b: [{ $match: "any" }] }, { b: [null], a: 1 })).toBe(true);
  expect(matches({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  expect(matches([1, 2], [2, 1])).toBe(false);
  expect(matches({ $match: "integer" }, 1.5)).toBe(false);
  expect(matches({ $match: "date-time" }, "2026-01-05T09:00:00.000Z")).toBe(true);
  expect(matches({ $match: "date-time" }, "yesterday")).toBe(false);
  expect(isWellShaped({ a: 1, list: [{ b: "x" }] }, { a: 2, list: [{ b: "y" }, { b: null }] })).toBe(true);
  expect(isWellShaped({ a: 1, list: [{ b: "x" }] }, { a: 2, list: [{ c: "y" }] })).toBe(false);
});
