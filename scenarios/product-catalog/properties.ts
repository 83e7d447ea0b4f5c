/**
 * What this lesson asks beyond the common properties: external writes are seen once the feed has run, a crash loses no
 * invalidation, and without any feed an old answer ends all the same. Plans only; the frame judges.
 */
import type {
  Actor,
  CastShape,
  Fault,
  Finding,
  History,
  Json,
  Phase,
  RequestRef,
  RunPlan,
  ScenarioProperty,
} from "../../src/vocabulary.ts";

const SECOND = 1000;
/** Entries must still serve after it. */
const TWO_MINUTES = 120 * SECOND;
/** Twice the time that an entry lives in the shipped handlers. */
export const LONGEST_STALENESS: number = 600 * SECOND;

export const properties: readonly ScenarioProperty[] = [
  {
    id: "honest-status",
    star: 1,
    asks: "cache_status says where an answer came from",
    plans: (cast) => numbered("r", cast.reads).map((read) => plan([one(read, 0), one(read, 1)])),
    judge: dishonestStatus,
  },
  {
    id: "shown-once-added",
    star: 1,
    asks: "who looked too early finds what is added later",
    plans: lookedForTooEarly,
  },
  {
    id: "external-writes",
    star: 2,
    asks: "once the feed ran, reads show what others wrote",
    plans: externalWrites,
  },
  {
    id: "survives-crash",
    star: 2,
    asks: "after a crash, too, every read is fresh",
    plans: beforeCrashes,
    follow: withCrashes,
  },
  {
    id: "bounded-staleness",
    star: 2,
    asks: "an old answer ends although no feed runs",
    plans: withoutFeed,
  },
  {
    id: "one-editor-wins",
    star: 2,
    asks: "of two editors of one version one is refused",
    plans: editorsAtOnce,
    judge: lostUpdate,
  },
];

function dishonestStatus({ requests, events, costly }: History): Finding | null {
  const request = requests.findIndex(({ role, response }, reader) => {
    // Of a 304 there is no status: the client goes on with the one that it was told before.
    if (role !== "read" || response?.status !== 200 || response.notModified === true) return false;
    const loaded = events.some(
      (event) =>
        event.kind === "database" && event.actor === reader && event.reads.some((table) => costly.includes(table)),
    );
    return statusIn(response.body) !== (loaded ? "miss" : "hit");
  });
  if (request < 0) return null;
  const detail = "cache_status does not say where the answer came from";
  return { property: "honest-status", kind: "contract", request, cause: "contract-changed", detail };
}

function statusIn(body: Json): Json | undefined {
  return typeof body === "object" && body !== null && "cache_status" in body ? body.cache_status : undefined;
}

function lookedForTooEarly(): RunPlan[] {
  return [plan([one("x0", 0), one("x0", 1), one("w4", 1), one("x0", 0), one("x0", 1)])];
}

/** With what both have seen in the cache; and two that have both seen the first update. */
function editorsAtOnce(): RunPlan[] {
  const updates: Phase[] = [one("r0", 0), { actors: [actor("w1", 0), actor("w1", 1)] }];
  const removal: Phase[] = [one("w0", 1), one("r0", 0), { actors: [actor("x2", 0), actor("x1", 1)] }];
  return [updates, removal].map((phases) => ({ ...plan(phases), probe: false }));
}

/** A write was made, and none of its commits found the version before it as the editor had seen it. */
function lostUpdate({ requests, versions }: History): Finding | null {
  const request = requests.findIndex(({ role, response }, writer) => {
    if (role !== "write" || response === null || response.status >= 400) return false;
    const met = versions.flatMap(({ actor: committing }, n) => (committing === writer ? [versions[n - 1]] : []));
    return met.length > 0 && !met.some((version) => (version?.outcomes[writer]?.status ?? 0) < 400);
  });
  if (request < 0) return null;
  const detail = "the change was made to a version that its editor has not seen";
  return { property: "one-editor-wins", kind: "contract", request, cause: "contract-changed", detail };
}

function externalWrites(cast: CastShape): RunPlan[] {
  const external = numbered("e", cast.external);
  const alone = external.map((write) => [...warm(cast), one(write, 0), one("j0", 1)]);
  const beside = external.map((write): Phase[] => {
    const read: RequestRef = write === "e0" ? "r0" : "r2";
    return [one(read, 0), { actors: [actor(write, 0), actor("j0", 0), actor(read, 1)] }, one("j0", 1)];
  });
  const ownWrite: Phase[] = [one("r0", 0), { actors: [actor("w0", 0), actor("j0", 1), actor("r0", 1)] }, one("j0", 0)];
  const afterImport = [one("r0", 0), one("e0", 0), ...ownWrite.slice(1)];
  // What comes while a handler tells of its own change is not told with it.
  const imported: Phase[] = [{ actors: [actor("w0", 0), actor("r0", 1), actor("e0", 0)] }, one("j0", 1)];
  // Whoever has just been started has not heard of anything: what it counts from must not lie in its memory.
  const firstRun: RunPlan = { ...plan([one("r0", 0), one("e0", 0), one("j0", 1)]), justStarted: true };
  return [...[...alone, ...beside, ownWrite, afterImport, imported, ...severalChanges(cast)].map(plan), firstRun];
}

/** More than one change waits, of two products or of one; and the feed runs again when it has told of the first. */
function severalChanges(cast: CastShape): Phase[][] {
  const together = [...warm(cast), one("e0", 0), one("e1", 0), one("j0", 1)];
  const oneAfterTheOther = [...warm(cast), one("w0", 0), one("j0", 1), one("w2", 0, TWO_MINUTES), one("j0", 1)];
  const sameProduct = [one("w0", 0), { actors: [actor("j0", 0), actor("r0", 1), actor("e0", 0)] }, one("j0", 1)];
  return [together, oneAfterTheOther, sameProduct];
}

/** The other process lives on and serves the rest. */
function beforeCrashes(cast: CastShape): RunPlan[] {
  const writes = numbered("w", cast.writes).map((write) => [...warm(cast), one(write, 0), one("j0", 1)]);
  const feeds = numbered("e", cast.external).map((write) => [...warm(cast), one(write, 0), one("j0", 0), one("j0", 1)]);
  const waiting = numbered("e", cast.external).map((write) => one(write, 0));
  const several = [...warm(cast), ...waiting, one("j0", 0), one("j0", 1)];
  return [...writes, ...feeds, several].map(plan);
}

/** Dead before each step of the first write or feed. */
function withCrashes({ plan: uneventful, requests, events }: History): RunPlan[] {
  if (uneventful.faults !== undefined) return [];
  const victim = requests.findIndex(({ role }) => role === "write" || role === "job");
  const steps = events.filter(
    ({ actor: acting, kind }) => acting === victim && (kind === "cache" || kind === "database"),
  );
  return steps.map((_, from): RunPlan => ({ ...uneventful, faults: [{ kind: "crash", from } satisfies Fault] }));
}

function withoutFeed(): RunPlan[] {
  const third = LONGEST_STALENESS / 3;
  const looks = [one("r0", 0, third), one("r0", 1, third), one("r0", 0, third)];
  return [
    [one("r0", 0), one("e0", 0), one("r0", 1, LONGEST_STALENESS)],
    // Somebody who looks again and again must not keep the old answer alive.
    [one("r0", 0), one("e0", 0), ...looks],
    [one("r1", 0), one("e0", 0), one("r1", 1, LONGEST_STALENESS)],
    [one("r3", 0), one("e1", 0), one("r3", 1, LONGEST_STALENESS)],
  ].map((phases) => ({ ...plan(phases), probe: false }));
}

function warm({ reads }: CastShape): Phase[] {
  return numbered("r", reads).map((ref, n) => one(ref, n % 2 === 0 ? 0 : 1));
}

function plan(phases: readonly Phase[]): RunPlan {
  return { phases, wholeReads: true, probe: true, seed: "feed" };
}

function one(ref: RequestRef, instance: 0 | 1, wait?: number): Phase {
  return { actors: [actor(ref, instance)], ...(wait === undefined ? {} : { wait }) };
}

function actor(ref: RequestRef, instance: 0 | 1): Actor {
  return { ref, instance };
}

function numbered(kind: "r" | "w" | "e", count = 0): RequestRef[] {
  return Array.from({ length: count }, (_, n): RequestRef => `${kind}${n}`);
}
