/**
 * The Keyv that handlers see over a Redis: keys as text, values with the time at which they were stored, entries one
 * after the other, and the outages that are simulated for it as for the cache in memory.
 */
import { Keyv } from "keyv";
import type { CacheOperation } from "../../../vocabulary.ts";
import { emptyAnswer, type Outage, UNREACHABLE } from "../outage.ts";
import type { RedisStore } from "./redis-store.ts";
import { isPlain } from "./stored-value.ts";
import type { Report } from "./visit.ts";

interface RedisKeyvParts {
  readonly store: RedisStore;
  readonly outage: Outage;
  readonly report: Report;
}

export function createRedisKeyv(parts: RedisKeyvParts): Keyv {
  const { store, outage } = parts;
  const adapter = {
    // Without types, handlers may pass numbers for keys.
    get: (given: unknown) => {
      const key = String(given);
      if (outage.kind === null) return store.get(key);
      return visit(parts, { operation: "get", key, act: () => store.get(key) });
    },
    set: (key: unknown, stored: string, timeToLive?: number) =>
      visit(parts, { operation: "set", key: String(key), act: () => store.set(String(key), stored, timeToLive) }),
    delete: (key: unknown) =>
      visit(parts, { operation: "delete", key: String(key), act: () => store.delete(String(key)) }),
    clear: () => visit(parts, { operation: "clear", key: null, act: () => store.clear() }),
  };
  const cache = new Keyv({ store: adapter, useKeyPrefix: false });
  const { serialize, deserialize } = cache;
  if (serialize !== undefined) cache.serialize = (data) => serialize({ ...data, at: Date.now() } as typeof data);
  cache.deserialize = (data) => (isPlain(data) ? JSON.parse(data) : deserialize?.(data));
  cache.iterator = async function* iterate(): AsyncGenerator<[string, unknown]> {
    for await (const [key, stored] of store.iterate()) {
      const data = await cache.deserializeData<unknown>(stored);
      if (data !== undefined) yield [key, data.value];
    }
  };
  return cache;
}

interface Visit {
  readonly operation: CacheOperation;
  readonly key: string | null;
  readonly act: () => Promise<unknown>;
}

function visit(parts: RedisKeyvParts, asked: Visit): Promise<unknown> {
  const passed = parts.outage.passed();
  if (passed === null) return parts.outage.kind === null ? asked.act() : inOutage(parts, asked);
  return passed.then(() => inOutage(parts, asked));
}

/** As if nothing were reached; what ended meanwhile is over. */
async function inOutage({ outage, report }: RedisKeyvParts, { operation, key, act }: Visit): Promise<unknown> {
  const { kind } = outage;
  if (kind === null || kind === "hang") return act();
  const missed = operation === "get" ? { hit: false } : { lost: true };
  report({ operation, key, ...missed, ...(kind === "error" ? { error: UNREACHABLE } : {}) }, performance.now());
  if (kind === "error") throw new Error(UNREACHABLE);
  return emptyAnswer(kind, operation);
}
