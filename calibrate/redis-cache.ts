/**
 * The cache of a calibrated server: Keyv over a real Redis, each command held up a little on its way, as on a network.
 * Takes an address and seeded chance; what is asked for on one connection still takes effect in that order.
 */
import { setTimeout as sleep } from "node:timers/promises";
import KeyvRedis from "@keyv/redis";
import { Keyv } from "keyv";
import type { live } from "../src/runner/index.ts";
import type { Random } from "../src/vocabulary.ts";

/** Milliseconds. */
const LONGEST_DELAY = 3;

type CreateCache = NonNullable<Parameters<typeof live.openLiveWorld>[0]["cache"]>;

/** Not observed, and its entries are not listed. */
export async function openRedisCache(url: string, random: Random): Promise<CreateCache> {
  const store = new DistantRedis(url, random);
  await store.getClient(); // the first request must not pay for connecting
  const cache = new Keyv({ store });
  cache.on("error", (error: Error) => {
    throw error; // a Redis that fails here makes the whole observation worthless: end, and be seen to
  });
  return () => ({
    cache,
    entries: () => [],
    entry: () => null,
    size: 0,
    refresh: () => Promise.resolve(),
    empty: () => undefined,
    outage: { kind: null, switch: () => undefined, passed: () => null },
    health: { health: "ok", trouble: null },
    age: () => Promise.resolve(),
    opened: Promise.resolve(),
    close: () => undefined,
    abandon: () => Promise.resolve(),
  });
}

class DistantRedis extends KeyvRedis<string> {
  readonly #random: Random;
  #last: Promise<unknown> = Promise.resolve();

  constructor(url: string, random: Random) {
    super(url);
    this.#random = random;
  }

  override async get<Value = string>(key: string): Promise<Value | undefined> {
    await this.#travel();
    return super.get<Value>(key);
  }

  override async getMany<Value = string>(keys: string[]): Promise<(Value | undefined)[]> {
    await this.#travel();
    return super.getMany<Value>(keys);
  }

  override async set(key: string, value: string, ttl?: number): Promise<void> {
    await this.#travel();
    return super.set(key, value, ttl);
  }

  override async delete(key: string): Promise<boolean> {
    await this.#travel();
    return super.delete(key);
  }

  override async deleteMany(keys: string[]): Promise<boolean> {
    await this.#travel();
    return super.deleteMany(keys);
  }

  override async clear(): Promise<void> {
    await this.#travel();
    return super.clear();
  }

  /** Nobody overtakes whoever set out before. */
  async #travel(): Promise<void> {
    const before = this.#last;
    const arrival = Promise.all([before, sleep(this.#random.integer(0, LONGEST_DELAY))]);
    this.#last = arrival;
    await arrival;
  }
}
