/**
 * Work on many keys of one cache at a time: removing what no process can reach any more, listing, ageing. All of it by
 * SCAN in batches with a pause after each, so that nobody who asks for one key waits for it; never KEYS.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { CacheEntry } from "../../../vocabulary.ts";
import { type Ask, type Generation, isEntry } from "./generation.ts";
import { unpack } from "./stored-value.ts";

export interface Keyspace {
  readonly ask: Ask;
  readonly generation: Generation;
  readonly prefix: string;
}

/** Keys that a server looks at in one go; at this size it does so in well under a millisecond. */
const BATCH = 250;
/** Milliseconds after each batch that changed something. */
const PAUSE = 1;
/** Batches that a listing looks at, however little it finds: other keys may live in the same database. */
const MOST_BATCHES = 800;

/** Removes the entries of every generation but the current one. Gives how many it removed. */
export async function sweep({ ask, generation, prefix }: Keyspace): Promise<number> {
  let removed = 0;
  for await (const keys of batches(ask, `${prefix}:*`)) {
    // Asked for after the keys were found: none of them can belong to a generation that begins later.
    const current = await generation.current();
    const left = keys.filter((key) => isEntry(prefix, key) && (current === null || !key.startsWith(current.begins)));
    if (left.length === 0) continue;
    removed += await ask(({ client }) => client.unlink(left));
    await sleep(PAUSE);
  }
  return removed;
}

/** Removes every entry, and what is kept beside them. Processes that still use the cache begin another generation. */
export async function removeAll({ ask, prefix }: Pick<Keyspace, "ask" | "prefix">): Promise<void> {
  for await (const keys of batches(ask, `${prefix}:*`)) {
    const ours = keys.filter((key) => isEntry(prefix, key) || key === `${prefix}:generation`); // a prefix may be shared
    if (ours.length === 0) continue;
    await ask(({ client }) => client.unlink(ours));
    await sleep(PAUSE);
  }
}

/** The current generation's entries, by key; the first `most` that are found. */
export async function listEntries({ ask, generation }: Keyspace, most: number): Promise<CacheEntry[]> {
  const current = await generation.current();
  if (current === null) return [];
  const found = new Map<string, CacheEntry>();
  let looked = 0;
  for await (const keys of batches(ask, `${current.begins}*`)) {
    for (const entry of await read(ask, keys, current.begins)) found.set(entry.key, entry);
    looked += 1;
    if (found.size >= most || looked >= MOST_BATCHES) break;
  }
  return [...found.values()].sort((one, other) => (one.key < other.key ? -1 : 1)).slice(0, most);
}

/** Keys and values as they are stored, of all entries of the current generation. */
export async function* storedEntries({ ask, generation }: Keyspace): AsyncGenerator<[string, string]> {
  const current = await generation.current();
  if (current === null) return;
  for await (const keys of batches(ask, `${current.begins}*`)) {
    if (keys.length === 0) continue;
    const values = await ask(({ client }) => client.mGet(keys));
    for (const [index, value] of values.entries()) {
      const key = keys[index]?.slice(current.begins.length);
      if (key !== undefined && value !== null) yield [key, value];
    }
  }
}

/** Makes every entry that expires do so that much earlier: a server's clock cannot be moved. */
export async function ageEntries({ ask, generation }: Keyspace, milliseconds: number): Promise<void> {
  const current = await generation.current();
  if (current === null) return;
  const done = new Set<string>(); // SCAN may show a key twice, and it must not age twice
  for await (const found of batches(ask, `${current.begins}*`)) {
    const keys = found.filter((key) => !done.has(key));
    for (const key of keys) done.add(key);
    const left = await ask(({ client }) => Promise.all(keys.map((key) => client.pTTL(key))));
    await ask(({ client }) =>
      Promise.all(
        keys.flatMap((key, index) => {
          const time = left[index] ?? -1;
          if (time < 0) return []; // never expires, or is gone
          return [time > milliseconds ? client.pExpire(key, time - milliseconds) : client.unlink(key)];
        }),
      ),
    );
  }
}

async function* batches(ask: Ask, match: string): AsyncGenerator<string[]> {
  let cursor = "0";
  do {
    const from = cursor;
    const scanned = await ask(({ client }) => client.scan(from, { MATCH: match, COUNT: BATCH }));
    cursor = scanned.cursor;
    yield scanned.keys;
  } while (cursor !== "0");
}

async function read(ask: Ask, keys: readonly string[], begins: string): Promise<CacheEntry[]> {
  if (keys.length === 0) return [];
  const [values, left] = await ask(({ client }) =>
    Promise.all([client.mGet([...keys]), Promise.all(keys.map((key) => client.pTTL(key)))]),
  );
  const now = Date.now();
  return keys.flatMap((key, index) => {
    const stored = values[index];
    const time = left[index] ?? -2;
    if (stored === null || stored === undefined || time === -2) return []; // expired while it was looked at
    return [describe({ key: key.slice(begins.length), stored, timeToLive: time === -1 ? null : time, now })];
  });
}

interface Found {
  readonly key: string;
  readonly stored: string;
  readonly timeToLive: number | null;
  readonly now: number;
}

function describe({ key, stored, timeToLive, now }: Found): CacheEntry {
  const { value, at, expires } = unpack(stored) ?? { value: null, at: null, expires: null };
  const full = at === null || expires === null ? null : expires - at;
  // By the time that is left, where there is one: it knows of hours that were made to pass.
  const age = full === null || timeToLive === null ? now - (at ?? now) : full - timeToLive;
  return { key, value, age: Math.max(0, age), timeToLive };
}
