/**
 * The cache of a live service: a real Keyv over a map in memory that reports each operation as it reaches the store.
 * Takes an observer, gives the Keyv that handlers see and a way to look inside; must not know the database.
 */
import { type DeserializedData, Keyv } from "keyv";
import type { CacheEntry, CacheOperation } from "../../vocabulary.ts";
import { CacheStep } from "./cache-step.ts";
import { createEntryMap, type EntryMap } from "./entry-map.ts";
import type { LiveCacheStep, Observer } from "./live-step.ts";
import { createOutage, emptyAnswer, type Outage, UNREACHABLE } from "./outage.ts";
import type { RequestScope } from "./request-scope.ts";

export interface LiveCache {
  readonly cache: Keyv;
  /**
   * The entries that have not expired; nothing is reported. In memory all of them, in the order in which their keys
   * were first set; elsewhere as of the last look, a thousand at most, by key, none while the cache cannot be reached.
   */
  entries(): CacheEntry[];
  /** The one under that key, unless it has expired; null: there is none. */
  entry(key: string): CacheEntry | null;
  /** How many there are, those included that have expired and were not asked for since. */
  readonly size: number;
  /** Looks, where entries are not in memory: then the three above tell what there is now. Never rejects. */
  refresh(): Promise<void>;
  /** Drops every entry, whatever the outage: somebody does so from outside. */
  empty(): void;
  readonly outage: Outage;
  /** How it is, a simulated outage apart. */
  readonly health: CacheHealth;
  /**
   * The service's clock was put ahead: a cache that has a clock of its own lets its entries age by as much. Never
   * rejects: what cannot be reached is found to have expired when it can.
   */
  age(milliseconds: number): Promise<void>;
  /** Resolves when it can be used, or when it is clear that it cannot for now. Never rejects. */
  readonly opened: Promise<void>;
  /** Nobody asks it again: removes what it has left anywhere, as far as that can be reached, and closes it. Never rejects. */
  abandon(): Promise<void>;
  close(): void;
}

export type CacheHealth =
  | { readonly health: "ok"; readonly trouble: null }
  /** Requests are answered from the database, wholly or in part. */
  | { readonly health: "degraded"; readonly trouble: string };

export interface CacheParts {
  readonly scope: RequestScope;
  readonly observe: Observer;
}

export function createLiveCache(parts: CacheParts): LiveCache {
  const entries = createEntryMap();
  const outage = createOutage();
  const cache = new Keyv({ store: storeOver(entries, { ...parts, outage }), useKeyPrefix: false });
  cache.deserialize = quickly(cache.deserialize);
  // Keyv iterates over maps only; what a handler sees this way is no visit of one key, and is not reported.
  cache.iterator = async function* iterate(): AsyncGenerator<[string, unknown]> {
    for (const { key, data } of entries.stored()) {
      const parsed = await cache.deserializeData<unknown>(data);
      yield [key, parsed?.value];
    }
  };
  return {
    cache,
    entries: () => entries.look(),
    entry: (key) => entries.lookAt(key),
    get size() {
      return entries.size;
    },
    empty: () => {
      entries.clear();
      parts.observe({ kind: "cache", request: 0, at: Date.now(), duration: 0, operation: "clear", key: null });
    },
    outage,
    refresh: () => Promise.resolve(),
    health: { health: "ok", trouble: null },
    age: () => Promise.resolve(),
    opened: Promise.resolve(),
    abandon: () => Promise.resolve(),
    close: () => undefined,
  };
}

/**
 * Keyv asks each string of a value whether it begins with a colon; this asks the text whether any does, and once where
 * the same entry is read again and again.
 */
function quickly(deserialize: Keyv["deserialize"]): Keyv["deserialize"] {
  const anyColon = /[:,[]":/u;
  let last = { data: "", isPlain: false };
  return <Value>(data: string) => {
    if (data !== last.data) last = { data, isPlain: !anyColon.test(data) };
    return last.isPlain ? (JSON.parse(data) as DeserializedData<Value>) : deserialize?.<Value>(data);
  };
}

interface Done {
  readonly answer: unknown;
  readonly hit?: boolean;
  readonly existed?: boolean;
  readonly lost?: boolean;
  /** As Keyv serialised it. */
  readonly data?: string;
  readonly error?: string;
}

interface Visit {
  readonly operation: CacheOperation;
  readonly key: string | null;
  readonly timeToLive?: number | null;
  /** As Keyv serialised it: what is to be stored. */
  readonly data?: string;
  act(): Done;
}

/** Keys become text as they would on their way to a real cache: without types, handlers may pass numbers. */
function storeOver(entries: EntryMap, parts: CacheParts & { outage: Outage }): object {
  return {
    get: (key: unknown) => {
      const name = String(key);
      return visit(parts, { operation: "get", key: name, act: () => found(entries.get(name)) });
    },
    /** Keyv hands the time to live over in milliseconds. */
    set: (key: unknown, data: string, ttl?: number) => {
      const name = String(key);
      const timeToLive = typeof ttl === "number" ? ttl : null;
      const act = (): Done => {
        entries.set(name, data, timeToLive);
        return { answer: true, data };
      };
      return visit(parts, { operation: "set", key: name, timeToLive, data, act });
    },
    delete: (key: unknown) => {
      const name = String(key);
      const act = (): Done => {
        const existed = entries.delete(name);
        return { answer: existed, existed };
      };
      return visit(parts, { operation: "delete", key: name, act });
    },
    clear: () => {
      const act = (): Done => {
        entries.clear();
        return { answer: undefined };
      };
      return visit(parts, { operation: "clear", key: null, act });
    },
  };
}

function found(data: string | undefined): Done {
  return data === undefined ? { answer: undefined, hit: false } : { answer: data, hit: true, data };
}

/** Answers at once unless it hangs: most visits find a cache that works. */
function visit(parts: CacheParts & { outage: Outage }, asked: Visit): unknown {
  const started = performance.now();
  const request = parts.scope.current()?.number ?? 0; // who asked, whenever it is answered
  const passed = parts.outage.passed();
  const go = (): unknown => perform(parts, asked, { started, request });
  return passed === null ? go() : passed.then(go);
}

interface Asked {
  readonly started: number;
  readonly request: number;
}

function perform({ outage, observe }: CacheParts & { outage: Outage }, asked: Visit, by: Asked): unknown {
  const { kind } = outage;
  const done = kind === null || kind === "hang" ? asked.act() : failed(kind, asked);
  observe(stepOf(asked, done, by));
  if (done.error !== undefined) throw new Error(done.error);
  return done.answer;
}

function failed(kind: "miss" | "false" | "error", { operation }: Visit): Done {
  const missed = operation === "get" ? { hit: false } : { lost: true };
  if (kind === "error") return { answer: undefined, error: UNREACHABLE, ...missed };
  return { answer: emptyAnswer(kind, operation), ...missed };
}

function stepOf({ operation, key, timeToLive }: Visit, done: Done, { started, request }: Asked): LiveCacheStep {
  const duration = performance.now() - started;
  const step = new CacheStep({ request, at: Date.now(), duration, operation, key }, done.data);
  const { hit, existed, lost, error } = done;
  if (hit !== undefined) step.hit = hit;
  if (existed !== undefined) step.existed = existed;
  if (lost !== undefined) step.lost = lost;
  if (error !== undefined) step.error = error;
  if (timeToLive !== undefined) step.timeToLive = timeToLive;
  return step;
}
