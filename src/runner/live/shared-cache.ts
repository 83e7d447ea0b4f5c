/** The cache over a Redis, for a live world. Loads the client only when one is asked for: most commands never do. */
import type { CacheParts, LiveCache } from "./live-cache.ts";
import type { RedisCacheOptions } from "./redis/open-redis-cache.ts";

export interface SharedCacheOptions extends RedisCacheOptions {
  /** The number of the first world, 1 unless given: processes that share a cache count alike. */
  readonly world?: number;
}

/**
 * Gives what `openLiveWorld` takes as its cache; it connects when the world is opened. Worlds that follow one another
 * have keys of their own: what one of them leaves behind, such as a request under way, cannot reach the next.
 */
export async function sharedCache(options: SharedCacheOptions): Promise<(parts: CacheParts) => LiveCache> {
  const { openRedisCache } = await import("./redis/open-redis-cache.ts");
  const prefix = options.address.prefix ?? options.prefix;
  let worlds = (options.world ?? 1) - 1;
  return (parts) => {
    worlds += 1;
    const named = worlds === 1 ? prefix : `${prefix}-${worlds}`;
    return openRedisCache({ ...options, address: { ...options.address, prefix: named } })(parts);
  };
}
