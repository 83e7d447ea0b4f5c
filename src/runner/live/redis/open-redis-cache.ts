/**
 * The cache of a live service over a Redis: a Keyv like the one in memory, which goes on answering when the Redis does
 * not. Takes an address and a file for what has to be remembered; several processes may share both.
 *
 * What holds, for every process that shares Redis and file:
 * - No operation takes longer than the patience for a command; while the Redis is known to be unwell, none waits at all.
 * - A write whose invalidation failed is followed by no hit of what it invalidated, in any process, not even in one
 *   that reaches the Redis all the time, and not after the death of the process that wrote.
 * - After a restart of the Redis, or when its data came from elsewhere, nothing is read that was stored before.
 * - `clear` takes one round trip, whatever the number of entries.
 *
 * What does not:
 * - A process that shares the Redis but not the file learns of invalidations that failed only once they are made up for.
 * - A Redis that becomes a replica while we are connected to it can answer, for up to a second, with what its new
 *   master holds of the same generation.
 * - A handler that stores what it read before a write, after that write has invalidated, is not kept from it.
 *
 * There is no local tier in front: no lesson has one, and it would need to hear of invalidations by pub/sub.
 */
import type { CacheHealth, CacheParts, LiveCache } from "../live-cache.ts";
import { createOutage } from "../outage.ts";
import type { CacheAddress } from "./cache-address.ts";
import { Generation } from "./generation.ts";
import { ageEntries, type Keyspace, listEntries, removeAll, sweep } from "./keyspace.ts";
import { Link } from "./link.ts";
import { createListing } from "./listing.ts";
import { OutstandingInvalidations } from "./outstanding.ts";
import { connectRedis, PATIENCE, type Patience } from "./redis-connection.ts";
import { createRedisKeyv } from "./redis-keyv.ts";
import { RedisStore } from "./redis-store.ts";
import { type Report, reporter } from "./visit.ts";

export interface RedisCacheOptions {
  readonly address: CacheAddress;
  /** What keys begin with unless the address says so; letters, digits, dots, hyphens, underscores. */
  readonly prefix: string;
  /** A SQLite file that is made where there is none; all processes over one database share it. */
  readonly outstandingFile: string;
  /** Other processes share the file. */
  readonly shared: boolean;
  /** Whatever is there from before is not to be found. */
  readonly empty: boolean;
  readonly patience?: Partial<Patience>;
  /** Called with each change. */
  readonly onHealth?: (health: CacheHealth) => void;
}

/** Entries that are listed. */
const MOST_ENTRIES = 1_000;
/** Milliseconds that a value for the trial lives. */
const TRIAL = 5_000;
const BATCHES_AT_ONCE = 40;

/** Connects in the background: until then the cache is degraded. Throws when the file cannot be opened. */
export function openRedisCache(options: RedisCacheOptions): (parts: CacheParts) => LiveCache {
  return (parts) => createRedisCache(options, parts);
}

function createRedisCache(options: RedisCacheOptions, parts: CacheParts): LiveCache {
  const prefix = options.address.prefix ?? options.prefix;
  const file = options.outstandingFile;
  const { address, shared } = options;
  const outstanding = new OutstandingInvalidations({ file, shared, cache: `${address.shown} ${prefix}` });
  if (options.empty) outstanding.addEverything();
  const opening = watchOpening(options);
  const { link, keyspace } = openLink({ options: { ...options, onHealth: opening.onHealth }, prefix, outstanding });
  const listing = createListing(async () => (link.usable ? await listEntries(keyspace, MOST_ENTRIES) : []));
  const tell = reporter(parts);
  const report: Report = (facts, started, stored) => {
    if (facts.operation !== "get") listing.changed();
    tell(facts, started, stored);
  };
  const outage = createOutage();
  const store = new RedisStore({ link, keyspace, outstanding, report, throws: () => cache.throwOnErrors });
  const cache = createRedisKeyv({ store, outage, report });
  return {
    cache,
    outage,
    entries: listing.entries,
    entry: (key) => listing.entries().find((entry) => entry.key === key) ?? null,
    get size() {
      return listing.entries().length;
    },
    refresh: listing.refresh,
    empty: () => store.empty(),
    get health() {
      return link.health;
    },
    age: (milliseconds) => ageEntries(keyspace, milliseconds).catch(() => undefined),
    opened: opening.opened,
    ...endings(keyspace, [opening.stop, listing.stop, () => link.close(), () => outstanding.close()]),
  };
}

function endings(keyspace: Keyspace, steps: readonly (() => void)[]): Pick<LiveCache, "abandon" | "close"> {
  const close = (): void => steps.forEach((step) => step());
  return {
    abandon: async () => {
      await removeAll(keyspace).catch(() => undefined);
      close();
    },
    close,
  };
}

/** Until it can be used, or has had the time in which a connection is made. */
function watchOpening({ patience, onHealth }: RedisCacheOptions): {
  opened: Promise<void>;
  onHealth: (health: CacheHealth) => void;
  stop: () => void;
} {
  const { promise: opened, resolve } = Promise.withResolvers<void>();
  const late = setTimeout(resolve, patience?.connect ?? PATIENCE.connect);
  late.unref();
  const stop = (): void => {
    clearTimeout(late);
    resolve();
  };
  return {
    opened,
    stop,
    onHealth: (health) => {
      if (health.health === "ok") stop();
      onHealth?.(health);
    },
  };
}

function openLink({
  options,
  prefix,
  outstanding,
}: {
  options: RedisCacheOptions;
  prefix: string;
  outstanding: OutstandingInvalidations;
}): { link: Link; keyspace: Keyspace } {
  const { address, onHealth = () => undefined } = options;
  const connection = connectRedis({
    address,
    patience: { ...PATIENCE, ...options.patience },
    onReady: () => link.connected(),
    onTrouble: (error) => link.disconnected(error),
    onFailed: (error) => link.failed(error),
  });
  const link: Link = new Link({
    connection,
    recognise: () => generation.recognise(),
    tryWriting: async () => {
      await link.ask(({ client }) => client.set(`${prefix}:trial`, "1", { expiration: { type: "PX", value: TRIAL } }));
    },
    makeUp: () => makeUp(generation, outstanding),
    onForeignData: () => outstanding.addEverything(),
    onHealth,
  });
  const generation = new Generation({ ask: link.ask, prefix, onBegun: () => sweeper() });
  const keyspace = { ask: link.ask, generation, prefix };
  const sweeper = createSweeper(keyspace);
  return { link, keyspace };
}

/** Until nothing is outstanding. What fails again stays outstanding, and is rejected with. */
async function makeUp(generation: Generation, outstanding: OutstandingInvalidations): Promise<void> {
  for (let batch = 0; batch < BATCHES_AT_ONCE; batch += 1) {
    const next = outstanding.next();
    if (next === null) return;
    if (next.keys === "everything") await generation.begin();
    else await generation.delete(next.keys);
    outstanding.done(next);
  }
}

/** One at a time, in the background: nobody waits for it, and what it leaves is out of reach anyway. */
function createSweeper(keyspace: Keyspace): () => void {
  let going: Promise<unknown> | null = null;
  let again = false;
  const run = async (): Promise<void> => {
    do {
      again = false;
      await sweep(keyspace).catch(() => undefined);
    } while (again);
    going = null;
  };
  return () => {
    again = true;
    going ??= run();
  };
}
