/**
 * The store that a Keyv over Redis works on: reports each operation, remembers invalidations that failed, and serves
 * nothing that one of them covers. Takes what the others in this folder do; knows no connection.
 *
 * What Keyv makes of what is thrown here: `set` and `delete` give false and emit `error`, `clear` emits `error`, `get`
 * takes it for a miss without a word. `getRaw` and the ones of many keys would throw it, so `get` throws only for a Keyv
 * that is told to (`throwOnErrors`).
 */
import type { Generation } from "./generation.ts";
import { storedEntries, type Keyspace } from "./keyspace.ts";
import type { Link } from "./link.ts";
import type { OutstandingInvalidations } from "./outstanding.ts";
import { Unanswered } from "./redis-connection.ts";
import { looksStored, unpack } from "./stored-value.ts";
import type { Report } from "./visit.ts";

export interface RedisStoreParts {
  readonly link: Link;
  readonly keyspace: Keyspace;
  readonly outstanding: OutstandingInvalidations;
  readonly report: Report;
  readonly throws: () => boolean;
}

const OUTSTANDING = "an invalidation of it is outstanding";

export class RedisStore {
  readonly #parts: RedisStoreParts;
  constructor(parts: RedisStoreParts) {
    this.#parts = parts;
  }

  /** What every cached answer waits for: no more promises than it needs. */
  get(key: string): Promise<string | undefined> {
    const { outstanding, report, throws } = this.#parts;
    const started = performance.now();
    // Before asking: who asks after an invalidation was remembered finds it here until it is carried out.
    if (outstanding.covers(key)) {
      report({ operation: "get", key, hit: false, error: OUTSTANDING }, started);
      return Promise.resolve(undefined);
    }
    return this.#use((generation) => generation.get(key)).then(
      (stored) => {
        const hit = stored !== undefined && looksStored(stored);
        report({ operation: "get", key, hit }, started, hit ? stored : undefined);
        return hit ? stored : undefined;
      },
      (error: unknown) => {
        report({ operation: "get", key, hit: false, error: wordsOf(error) }, started);
        if (throws()) throw error;
        return undefined;
      },
    );
  }

  /** Keyv hands the time to live over in milliseconds. Gives false when it did not store. */
  async set(key: string, stored: string, timeToLive?: number): Promise<boolean> {
    const { outstanding, report } = this.#parts;
    const started = performance.now();
    const about = { operation: "set", key, timeToLive: timeToLive ?? null } as const;
    if (outstanding.covers(key)) {
      report({ ...about, error: OUTSTANDING }, started, stored);
      return false;
    }
    try {
      const done = await this.#use((generation) => store(generation, { key, stored, timeToLive }));
      report(done ? about : { ...about, error: "the cache was cleared meanwhile" }, started, stored);
      return done;
    } catch (error) {
      // It may be carried out later than an invalidation that comes after it; in an earlier generation it does no harm.
      if (error instanceof Unanswered) outstanding.addEverything();
      report({ ...about, error: wordsOf(error) }, started, stored);
      throw error;
    }
  }

  async delete(key: string): Promise<boolean> {
    const { outstanding, report } = this.#parts;
    const started = performance.now();
    try {
      const existed = (await this.#use((generation) => generation.delete([key]))) > 0;
      report({ operation: "delete", key, existed }, started);
      return existed;
    } catch (error) {
      outstanding.add(key);
      report({ operation: "delete", key, error: wordsOf(error) }, started);
      throw error;
    }
  }

  async clear(): Promise<void> {
    const { outstanding, report } = this.#parts;
    const started = performance.now();
    try {
      await this.#use((generation) => generation.begin());
      report({ operation: "clear", key: null }, started);
    } catch (error) {
      outstanding.addEverything();
      report({ operation: "clear", key: null, error: wordsOf(error) }, started);
      throw error;
    }
  }

  /** From outside: nobody waits, and nothing is rejected; it is done sooner or later. */
  empty(): void {
    this.clear().catch(() => undefined);
  }

  /** Keys and values. Who cannot be told what there is may have wanted to delete it: then it counts as deleted. */
  async *iterate(): AsyncGenerator<[string, string]> {
    const { keyspace, link, outstanding } = this.#parts;
    try {
      if (!link.usable) throw new Error(link.health.trouble ?? "");
      for await (const [key, stored] of storedEntries(keyspace)) {
        if (!outstanding.covers(key) && unpack(stored) !== null) yield [key, stored];
      }
    } catch {
      outstanding.addEverything();
    }
  }

  #use<Result>(work: (generation: Generation) => Promise<Result>): Promise<Result> {
    const { link, keyspace } = this.#parts;
    if (!link.usable) return Promise.reject(new Error(link.health.trouble ?? "the cache is not to be used"));
    return work(keyspace.generation);
  }
}

/** Redis takes whole milliseconds above 0; what has expired when it is stored is not stored, and nothing else is there. */
async function store(
  generation: Generation,
  { key, stored, timeToLive }: { key: string; stored: string; timeToLive: number | undefined },
): Promise<boolean> {
  if (timeToLive === undefined || timeToLive > 0)
    return generation.set(key, stored, timeToLive === undefined ? undefined : Math.ceil(timeToLive));
  await generation.delete([key]);
  return true;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
