/**
 * Entries as Keyv serialised them, with their age and time to live by the service's clock. What has expired is gone
 * the next time it is asked for. Knows nobody who asks.
 */
import type { CacheEntry, Json } from "../../vocabulary.ts";

interface Entry {
  readonly data: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly timeToLive: number | null;
}

export interface EntryMap {
  readonly size: number;
  get(key: string): string | undefined;
  set(key: string, data: string, timeToLive: number | null): void;
  /** Whether there was one. */
  delete(key: string): boolean;
  clear(): void;
  look(): CacheEntry[];
  lookAt(key: string): CacheEntry | null;
  stored(): { readonly key: string; readonly data: string }[];
}

export function createEntryMap(): EntryMap {
  const entries = new Map<string, Entry>();
  const fresh = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    if (entry === undefined || entry.timeToLive === null || Date.now() <= entry.at + entry.timeToLive) return entry;
    entries.delete(key); // dropped unseen: nobody deleted it
    return undefined;
  };
  const all = (): [string, Entry][] =>
    [...entries.keys()].flatMap((key) => {
      const entry = fresh(key);
      return entry === undefined ? [] : [[key, entry] satisfies [string, Entry]];
    });
  return {
    get size() {
      return entries.size;
    },
    get: (key) => fresh(key)?.data,
    set: (key, data, timeToLive) => void entries.set(key, { data, timeToLive, at: Date.now() }),
    delete: (key) => fresh(key) !== undefined && entries.delete(key),
    clear: () => entries.clear(),
    look: () => all().map(([key, entry]) => shown(key, entry)),
    lookAt: (key) => {
      const entry = fresh(key);
      return entry === undefined ? null : shown(key, entry);
    },
    stored: () => all().map(([key, { data }]) => ({ key, data })),
  };
}

function shown(key: string, { data, at, timeToLive }: Entry): CacheEntry {
  const now = Date.now();
  return {
    key,
    value: valueOf(data),
    age: now - at,
    timeToLive: timeToLive === null ? null : at + timeToLive - now,
  };
}

/** Keyv stores `{"value":…,"expires":…}` and doubles the colon that begins a string. */
export function valueOf(data: unknown): Json {
  if (typeof data !== "string") return null;
  const parsed: { value?: Json } = JSON.parse(data, (_, value: unknown) =>
    typeof value === "string" && value.startsWith(":") ? value.slice(1) : value,
  );
  return parsed.value ?? null;
}
