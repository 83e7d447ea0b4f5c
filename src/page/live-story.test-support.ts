/** States, steps and points of an invented service, for tests of the page: a base, and what differs from it. */
import type { KeptVerdict, LivePoint, LiveSnapshot, LiveState, LiveStep, NumberedStep } from "../vocabulary.ts";

/** 5 January 2026, 09:00 UTC. */
export const MORNING = 1_767_603_600_000;
const MINUTE = 60_000;

export type Figures = Partial<LiveState["figures"]>;

export function stateOf(changes: Partial<LiveState> = {}): LiveState {
  return {
    scenario: {
      slug: "lesson",
      title: "The CEO's dashboard",
      unit: "downloads",
      viewer: "CEO",
      crowd: { name: "conference attendees", count: 20 },
      viewerRequest: "GET /datasets/1/statistics",
    },
    handlers: { source: "working copy", version: 1, loadedAt: MORNING, fault: null },
    figures: { shown: 15, actual: 15, gap: 0, awaitsLook: false, hidden: 0, lookedAt: MORNING, fromCache: false },
    entry: null,
    poisonedBeforeFix: false,
    lostDelete: false,
    cache: { entries: 0, outage: null, health: "ok", trouble: null },
    clock: { now: MORNING, ahead: 0 },
    traffic: { stream: 0, inFlight: 0, writesPerMinute: 0 },
    totals: { reads: 0, writes: 0, hits: 0, misses: 0, sets: 0, deletes: 0, staleAnswers: 0, failures: 0 },
    verdict: null,
    ...changes,
  };
}

export function entryOf(total: number, stale: boolean): NonNullable<LiveState["entry"]> {
  return {
    key: "dataset_stats_1",
    value: { total_downloads: total },
    age: 14_000,
    timeToLive: 59 * MINUTE + 46_000,
    stale,
  };
}

/** The CEO has looked, twenty have downloaded, the CEO has looked again. */
export function disaster(changes: Partial<LiveState> = {}): LiveSnapshot {
  const state = stateOf({
    figures: { shown: 15, actual: 35, gap: 20, awaitsLook: false, hidden: 20 / 35, lookedAt: MORNING, fromCache: true },
    entry: entryOf(15, true),
    clock: { now: MORNING + 40_000, ahead: 0 },
    traffic: { stream: 0, inFlight: 0, writesPerMinute: 20 },
    ...changes,
  });
  const downloads = Array.from({ length: 20 }, (_, n) => n + 1);
  const points: LivePoint[] = [
    { at: MORNING, shown: null, actual: 15, writesPerMinute: 0 },
    { at: MORNING + 5000, shown: 15, actual: 15, writesPerMinute: 0 },
    ...downloads.map((n) => ({ at: MORNING + 20_000 + n * 400, shown: 15, actual: 15 + n, writesPerMinute: n })),
  ];
  const requests = [readMiss(), ...downloads.map(download), readHit(), readHit()];
  return { state, points, steps: numbered(requests) };
}

/** Requests one after the other, as a service would count them. */
export function numbered(requests: readonly (readonly Unnumbered[])[]): NumberedStep[] {
  const steps = requests.flatMap((request, n) => request.map((step) => ({ ...step, request: n + 1 })));
  return steps.map((step, n) => ({ ...step, position: n + 1 }));
}

type Unnumbered = LiveStep extends infer Step ? (Step extends LiveStep ? Omit<Step, "request"> : never) : never;

const VALUE = { dataset_id: 1, name: "Research Analytics Dataset", total_downloads: 15 };
const GET = { kind: "arrival", method: "GET", path: "/datasets/1/statistics", at: MORNING, duration: 0 } as const;

export function readMiss(): Unnumbered[] {
  return [
    GET,
    { kind: "cache", operation: "get", key: "dataset_stats_1", hit: false, at: MORNING, duration: 0.2 },
    {
      kind: "database",
      operation: "get",
      sql: "SELECT d.name, COUNT(*) AS total_downloads\n  FROM datasets d JOIN audit_logs a ON a.dataset_id = d.id WHERE d.id = ?",
      params: [1],
      reads: ["datasets", "audit_logs"],
      costly: true,
      at: MORNING + 390,
      duration: 390,
    },
    {
      kind: "cache",
      operation: "set",
      key: "dataset_stats_1",
      value: VALUE,
      timeToLive: 60 * MINUTE,
      at: MORNING,
      duration: 0.1,
    },
    { kind: "answer", status: 200, thrown: null, at: MORNING + 392, duration: 392 },
  ];
}

export function readHit(): Unnumbered[] {
  return [
    GET,
    { kind: "cache", operation: "get", key: "dataset_stats_1", hit: true, value: VALUE, at: MORNING, duration: 0.2 },
    { kind: "answer", status: 200, thrown: null, at: MORNING, duration: 0.8 },
  ];
}

export function download(n: number): Unnumbered[] {
  const base = { kind: "database", at: MORNING, duration: 2, costly: false } as const;
  return [
    { kind: "arrival", method: "POST", path: "/datasets/1/downloads", at: MORNING, duration: 0 },
    { ...base, operation: "get", sql: "SELECT id FROM users WHERE id = ?", params: [n], reads: ["users"] },
    {
      ...base,
      operation: "run",
      sql: "INSERT INTO audit_logs (dataset_id, user_id) VALUES (?, ?)",
      params: [1, n],
      reads: [],
      changes: 1,
    },
    { kind: "answer", status: 201, thrown: null, at: MORNING, duration: 19 },
  ];
}

export function keptVerdict(verdict: KeptVerdict["verdict"], current = true): KeptVerdict {
  return { at: "2026-01-05T09:10:00.000Z", verdict, current };
}
