/** A cache over a Redis: a hit through it against a bare GET, and reads while a million entries are cleared. */
import { setImmediate as untilNextTurn } from "node:timers/promises";
import { createClient } from "@keyv/redis";
import type Keyv from "keyv";
import { hasRedisServer, startRedisServer } from "../calibrate/redis-server.ts";
import { live } from "../src/runner/index.ts";
import { createRequestScope } from "../src/runner/live/request-scope.ts";
import { type Ratio, timed } from "./compare.ts";
import { inScratchFolder } from "./run-command.ts";

const HITS_A_TURN = 480;
const TURNS = 120;
/** What a service has in hand at a time when many people look at once. */
const TOGETHER = 16;
const ENTRIES = 1_000_000;
const READS_BEFORE = 5_000;
const VALUE = { dataset_id: 1, name: "Research Analytics Dataset", total_downloads: 15, unique_downloaders: 9 };

export async function measureRedis(): Promise<readonly Ratio[]> {
  if (!hasRedisServer()) {
    console.error("redis: skipped, because there is no redis-server on this machine.");
    return [];
  }
  return inScratchFolder(async (folder) => {
    const redis = await startRedisServer({ folder, settings: { "enable-debug-command": "local" } });
    const client = await createClient({ url: redis.url(0) }).connect();
    const opened = await openCache(redis.url(0), folder);
    try {
      await opened.cache.cache.set("hit", VALUE);
      await client.set("bare", JSON.stringify({ value: VALUE }));
      const places = { cache: opened.cache.cache, client };
      return [await hits(places), await clearing(places)];
    } finally {
      opened.cache.close();
      client.destroy();
      await redis.stop();
    }
  });
}

type Client = Pick<ReturnType<typeof createClient>, "get" | "sendCommand" | "dbSize">;

interface Places {
  readonly cache: Keyv;
  readonly client: Client;
}

type OpenCache = Awaited<ReturnType<typeof live.sharedCache>>;

/** As a service opens it, with an observer. */
async function openCache(url: string, folder: string): Promise<{ cache: ReturnType<OpenCache> }> {
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const open = await live.sharedCache({
    address: live.parseCacheAddress(url, "--cache"),
    prefix: "bench",
    shared: false,
    empty: true,
    outstandingFile: `${folder}/outstanding.db`,
    onHealth: ({ health }) => health === "ok" && resolve(),
  });
  const cache = open({ scope: createRequestScope(), observe: () => undefined });
  await ready;
  return { cache };
}

async function hits(places: Places): Promise<Ratio> {
  const alone = await hitsAgainstGets(places, 1);
  const many = await hitsAgainstGets(places, TOGETHER);
  const perSecond = (milliseconds: number): string => `${Math.round(HITS_A_TURN / (milliseconds / 1000))}/s`;
  return {
    what: "a hit over Redis, speed against a bare GET",
    measured: alone.baseline / alone.ours,
    bound: { at: "least", value: 0.7 },
    unit: "×",
    detail: `one after the other: hits ${perSecond(alone.ours)}, GET ${perSecond(alone.baseline)}; ${TOGETHER} at a time: hits ${perSecond(many.ours)}, GET ${perSecond(many.baseline)}`,
  };
}

/** The fastest turn of each: what it can do when two processes on this machine are let. */
async function hitsAgainstGets(
  { cache, client }: Places,
  together: number,
): Promise<{ ours: number; baseline: number }> {
  const times = { ours: [] as number[], baseline: [] as number[] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    times.baseline.push(await timed(() => ask(together, () => client.get("bare"))));
    times.ours.push(await timed(() => ask(together, () => cache.get("hit"))));
  }
  return { ours: Math.min(...times.ours), baseline: Math.min(...times.baseline) };
}

async function ask(together: number, get: () => Promise<unknown>): Promise<void> {
  for (let done = 0; done < HITS_A_TURN; done += together) {
    const found = await Promise.all(Array.from({ length: together }, get));
    if (found.includes(undefined) || found.includes(null)) throw new Error("What was stored is not there.");
  }
}

async function clearing({ cache, client }: Places): Promise<Ratio> {
  const generation = await client.get("bench:generation");
  await client.sendCommand(["DEBUG", "POPULATE", String(ENTRIES), `bench:${generation}:item`, "64"]);
  const before: number[] = [];
  for (let read = 0; read < READS_BEFORE; read += 1) before.push(await timedRead(cache));
  const cleared = performance.now();
  await cache.clear();
  const clearedIn = performance.now() - cleared;
  const during: number[] = [];
  // Our own few keys stay: the generation's name, the trial, what is read, and the bare one.
  for (let left = ENTRIES; left > 10; left = await client.dbSize()) {
    for (let read = 0; read < 50; read += 1) during.push(await timedRead(cache));
    await untilNextTurn();
  }
  const removedIn = performance.now() - cleared;
  const [p99Before, p99During] = [percentile(before, 0.99), percentile(during, 0.99)];
  return {
    what: "reads while a million entries are cleared, 99th percentile above before",
    measured: p99During - p99Before,
    bound: { at: "most", value: 10 },
    unit: " ms",
    detail: `${p99Before.toFixed(2)} ms before, ${p99During.toFixed(2)} ms over ${during.length} reads; clear ${clearedIn.toFixed(1)} ms, all removed in ${(removedIn / 1000).toFixed(1)} s`,
  };
}

/** A read that finds nothing fills, as a service does. */
async function timedRead(cache: Keyv): Promise<number> {
  const started = performance.now();
  if ((await cache.get("hit")) === undefined) await cache.set("hit", VALUE);
  return performance.now() - started;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
