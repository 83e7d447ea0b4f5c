/** The cache over a Redis, for a live world. Loads the client only when one is asked for: most commands never do. */
import type { CacheParts, LiveCache } from "./live-cache.ts";
import type { RedisCacheOptions } from "./redis/open-redis-cache.ts";

/** Gives what `openLiveWorld` takes as its cache; it connects when the world is opened. */
export async function sharedCache(options: RedisCacheOptions): Promise<(parts: CacheParts) => LiveCache> {
  const { openRedisCache } = await import("./redis/open-redis-cache.ts");
  return openRedisCache(options);
}
