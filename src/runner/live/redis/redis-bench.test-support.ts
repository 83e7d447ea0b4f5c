/** Caches over a real Redis for tests: several of one service, with what they report and how they feel. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@keyv/redis";
import type Keyv from "keyv";
import { onTestFinished } from "vitest";
import { type RedisServer, type RedisSettings, startRedisServer } from "../../../../calibrate/redis-server.ts";
import type { CacheHealth, LiveCache } from "../live-cache.ts";
import type { LiveCacheStep } from "../live-step.ts";
import { createRequestScope } from "../request-scope.ts";
import { parseCacheAddress } from "./cache-address.ts";
import type { RedisClient } from "./redis-connection.ts";
import { openRedisCache, type RedisCacheOptions } from "./open-redis-cache.ts";

export interface Bench {
  readonly redis: RedisServer;
  /** Asks the server itself. */
  readonly client: RedisClient;
  /** One more process of the same service, and when it is ready. */
  open(options?: Partial<RedisCacheOptions>): Promise<OpenCache>;
  /** Another server. */
  server(settings?: RedisSettings["settings"]): Promise<RedisServer>;
  readonly folder: string;
}

export interface OpenCache {
  readonly live: LiveCache;
  readonly cache: Keyv;
  readonly steps: LiveCacheStep[];
  /** Resolves when it is so; at once when it is so already. */
  feels(health: CacheHealth["health"], trouble?: RegExp): Promise<void>;
}

export async function openBench(settings: RedisSettings["settings"] = {}): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "redis-cache-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = (more: RedisSettings["settings"] = {}): Promise<RedisServer> => startServer(folder, more);
  const redis = await server(settings);
  const client: RedisClient = createClient({ url: redis.url(0), socket: { reconnectStrategy: () => 10 } });
  client.on("error", () => undefined);
  await client.connect();
  onTestFinished(() => client.destroy());
  return { redis, client, folder, server, open: (options) => openOne({ redis, folder }, options) };
}

async function startServer(folder: string, settings: RedisSettings["settings"] = {}): Promise<RedisServer> {
  const redis = await startRedisServer({ folder, settings });
  onTestFinished(() => redis.stop());
  return redis;
}

async function openOne(
  { redis, folder }: { redis: RedisServer; folder: string },
  options: Partial<RedisCacheOptions> = {},
): Promise<OpenCache> {
  const steps: LiveCacheStep[] = [];
  const changes = new EventTarget();
  const live = openRedisCache({
    address: parseCacheAddress(redis.url(0), "--cache"),
    prefix: "bench",
    shared: true,
    empty: false,
    outstandingFile: join(folder, "outstanding.db"),
    patience: { command: 1_000 },
    onHealth: () => changes.dispatchEvent(new Event("health")),
    ...options,
  })({ scope: createRequestScope(), observe: (step) => step.kind === "cache" && steps.push(step) });
  onTestFinished(() => live.close());
  const feels: OpenCache["feels"] = async (health, trouble = /(?:)/u) => {
    while (live.health.health !== health || !trouble.test(live.health.trouble ?? ""))
      await new Promise((resolve) => changes.addEventListener("health", resolve, { once: true }));
  };
  await feels("ok");
  return { live, cache: live.cache, steps, feels };
}
