/**
 * The cache of a live service: a real Keyv over a map in memory that reports each operation as it reaches the store.
 * Takes an observer, gives the Keyv that handlers see and a way to look inside; must not know the database.
 */
import { Keyv } from "keyv";
import type { CacheEntry, Json } from "../../vocabulary.ts";
import type { LiveCacheStep, Observer } from "./live-step.ts";
import type { RequestScope } from "./request-scope.ts";

export interface LiveCache {
  readonly cache: Keyv;
  /** The entries that have not expired, in the order in which their keys were first set; nothing is reported. */
  entries(): CacheEntry[];
}

export function createLiveCache({ scope, observe }: { scope: RequestScope; observe: Observer }): LiveCache {
  const store = new ObservedMap((step, started) => {
    const request = scope.current()?.number ?? 0;
    observe({ kind: "cache", request, ...step, at: Date.now(), duration: performance.now() - started });
  });
  return { cache: new Keyv({ store, useKeyPrefix: false }), entries: () => store.look() };
}

type Report = (step: Omit<LiveCacheStep, "kind" | "request" | "at" | "duration">, started: number) => void;

interface Written {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly timeToLive: number | null;
}

/**
 * A map, since Keyv lets handlers iterate over nothing else. Keyv serialises values on the way in and parses them on
 * the way out: nothing here is shared with a handler.
 */
class ObservedMap extends Map<string, unknown> {
  readonly #report: Report;
  readonly #written = new Map<string, Written>();

  constructor(report: Report) {
    super();
    this.#report = report;
  }

  override get(key: string): unknown {
    const started = performance.now();
    this.#expire(key);
    const hit = this.has(key);
    const data = super.get(key);
    this.#report({ operation: "get", key, hit, ...(hit ? { value: valueOf(data) } : {}) }, started);
    return data;
  }

  /** Keyv hands the time to live over as a third argument, in milliseconds. */
  override set(key: string, data: unknown, timeToLive: number | null = null): this {
    const started = performance.now();
    this.#written.set(key, { at: Date.now(), timeToLive });
    super.set(key, data);
    this.#report({ operation: "set", key, value: valueOf(data), timeToLive }, started);
    return this;
  }

  override delete(key: string): boolean {
    const started = performance.now();
    this.#expire(key);
    const existed = this.#drop(key);
    this.#report({ operation: "delete", key, existed }, started);
    return existed;
  }

  override clear(): void {
    const started = performance.now();
    this.#written.clear();
    super.clear();
    this.#report({ operation: "clear", key: null }, started);
  }

  look(): CacheEntry[] {
    const now = Date.now();
    for (const key of this.keys()) this.#expire(key);
    return [...this.keys()].map((key) => {
      const { at, timeToLive } = this.#written.get(key) ?? { at: now, timeToLive: null };
      return {
        key,
        value: valueOf(super.get(key)),
        age: now - at,
        timeToLive: timeToLive === null ? null : at + timeToLive - now,
      };
    });
  }

  /** An entry that ran out is dropped unseen: nobody deleted it. */
  #expire(key: string): void {
    const written = this.#written.get(key);
    if (written === undefined || written.timeToLive === null) return;
    if (Date.now() > written.at + written.timeToLive) this.#drop(key);
  }

  #drop(key: string): boolean {
    this.#written.delete(key);
    return super.delete(key);
  }
}

/** Keyv stores `{"value":…,"expires":…}` and doubles the colon that begins a string. */
function valueOf(data: unknown): Json {
  if (typeof data !== "string") return null;
  const parsed: { value?: Json } = JSON.parse(data, (_, value: unknown) =>
    typeof value === "string" && value.startsWith(":") ? value.slice(1) : value,
  );
  return parsed.value ?? null;
}
