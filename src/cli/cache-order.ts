/**
 * `--cache`: where a served scenario keeps its cache. Read by commands, handed to the processes that serve, which open
 * it. An address may hold a password: it travels as a message, and only what is safe to show is ever printed.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { WorkshopError } from "../errors.ts";
import { live } from "../runner/index.ts";

/** Where a cache is; null: in memory. */
export type CachePlace = ReturnType<typeof live.parseCacheAddress> | null;

/** Plain JSON. null: in memory. */
export type CacheOrder = {
  readonly address: NonNullable<CachePlace>;
  readonly prefix: string;
  /** Absolute path of a file that need not be there. */
  readonly outstandingFile: string;
} | null;

export interface CacheWish {
  readonly place: CachePlace;
  readonly slug: string;
  /** What tells this service from others that use the same Redis. */
  readonly whose: string;
  /** A throwaway folder. */
  readonly home: string;
}

/** Throws a usage error that names what is accepted. */
export function readCachePlace(typed: string | undefined): CachePlace {
  return typed === undefined ? null : live.parseCacheAddress(typed, "--cache");
}

export function orderCache({ place, slug, whose, home }: CacheWish): CacheOrder {
  if (place === null) return null;
  const mark = createHash("sha256").update(whose).digest("hex").slice(0, 8);
  return {
    address: place,
    prefix: `stale-stats-${slug}-${mark}`,
    outstandingFile: join(home, "outstanding-invalidations.db"),
  };
}

type OpenCache = Awaited<ReturnType<typeof live.sharedCache>>;

export interface CacheSharing {
  /** Processes that use it. */
  readonly workers: number;
  /** This one takes the place of one that has ended; the others go on with what there is. */
  readonly restarted: boolean;
  readonly world: number;
}

const ALONE: CacheSharing = { workers: 1, restarted: false, world: 1 };

/** For the options of a live world, which begins with an empty cache unless others use it already. */
export async function openOrderedCache(
  order: CacheOrder,
  { workers, restarted, world }: CacheSharing = ALONE,
): Promise<{ cache?: OpenCache }> {
  if (order === null) return {};
  const shared = workers > 1;
  return { cache: await live.sharedCache({ ...order, shared, empty: !(shared && restarted), world }) };
}

/** For a story that would be another one without its cache: throws an environment error when there is none. */
export async function insistOnCache(order: CacheOrder, cache: ReturnType<OpenCache>): Promise<void> {
  await cache.opened;
  const { trouble } = cache.health;
  if (order === null || trouble === null) return;
  throw new WorkshopError({
    code: "environment",
    message: `The cache at ${order.address.shown} cannot be used: ${trouble}.`,
    hint: "Start that Redis, correct --cache, or leave it out: then the cache is in memory.",
  });
}
