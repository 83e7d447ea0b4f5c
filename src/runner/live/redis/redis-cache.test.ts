/** The cache over a real Redis that is well: what handlers see, what is reported, and which commands it takes. */
import { env } from "node:process";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { hasRedisServer } from "../../../../calibrate/redis-server.ts";
import type { LiveCacheStep } from "../live-step.ts";
import { createRequestScope } from "../request-scope.ts";
import { parseCacheAddress } from "./cache-address.ts";
import { openRedisCache } from "./open-redis-cache.ts";
import { type Bench, openBench } from "./redis-bench.test-support.ts";

const isRequired = env["REQUIRE_SERVICES"] === "1";
const HOUR = 3_600_000;

describe.skipIf(!hasRedisServer() && !isRequired)("with a redis-server (install redis-server to run these)", () => {
  test("handlers see a Keyv like the one in memory", async () => {
    const { cache } = await (await openBench()).open();
    const value = { text: ":colon", list: [1, null], nothing: null };
    expect(await cache.set("a", value, 60_000)).toBe(true);
    value.text = "changed";
    expect(await cache.get("a")).toEqual({ text: ":colon", list: [1, null], nothing: null });
    expect(await cache.getMany(["a", "b"])).toEqual([{ text: ":colon", list: [1, null], nothing: null }, undefined]);
    expect([await cache.has("a"), await cache.has("b")]).toEqual([true, false]);
    expect([await cache.delete("a"), await cache.delete("a")]).toEqual([true, false]);
    await cache.set("expired before it was stored", 1);
    await cache.set("expired before it was stored", 2, -1);
    expect(await cache.get("expired before it was stored")).toBeUndefined();
    await cache.set("half a millisecond more", 1, 60_000.5);
    expect(await cache.get("half a millisecond more")).toBe(1);
  });

  test("each operation is reported with its request, key, outcome and value", async () => {
    const bench = await openBench();
    const steps: LiveCacheStep[] = [];
    const scope = createRequestScope();
    const live = openRedisCache({
      address: parseCacheAddress(bench.redis.url(0), "--cache"),
      prefix: "bench",
      shared: false,
      empty: false,
      outstandingFile: `${bench.folder}/reported.db`,
    })({ scope, observe: (step) => void (step.kind === "cache" && steps.push(step)) });
    onTestFinished(() => live.close());
    await vi.waitFor(() => expect(live.health.health).toBe("ok"), { timeout: 10_000 });
    await scope.enter(async () => {
      await live.cache.get("a");
      await live.cache.set("a", { n: 1 }, 5_000);
      await live.cache.get("a");
    });
    await scope.enter(async () => {
      await live.cache.delete("a");
      await live.cache.clear();
    });
    const common = { kind: "cache", at: expect.any(Number), duration: expect.any(Number) };
    expect(JSON.parse(JSON.stringify(steps))).toEqual([
      { ...common, request: 1, operation: "get", key: "a", hit: false },
      { ...common, request: 1, operation: "set", key: "a", value: { n: 1 }, timeToLive: 5_000 },
      { ...common, request: 1, operation: "get", key: "a", hit: true, value: { n: 1 } },
      { ...common, request: 2, operation: "delete", key: "a", existed: true },
      { ...common, request: 2, operation: "clear", key: null },
    ]);
  });

  test("clearing takes the same few commands for many entries as for none, and leaves nothing behind", async () => {
    const bench = await openBench();
    const { cache } = await bench.open();
    for (let n = 0; n < 3_000; n += 1) await cache.set(`item:${n}`, { n });
    await bench.client.sendCommand(["CONFIG", "RESETSTAT"]);
    await cache.clear();
    const atOnce = await commandsOf(bench);
    expect(await cache.get("item:7")).toBeUndefined();
    expect(atOnce["unlink"]).toBeLessThanOrEqual(2); // the generation's name, and perhaps a first batch
    await vi.waitFor(async () => expect(await bench.client.dbSize()).toBeLessThanOrEqual(2), { timeout: 10_000 });
    const commands = await commandsOf(bench);
    expect(commands["scan"]).toBeGreaterThan(5);
    expect(commands["unlink"]).toBeGreaterThan(5);
    expect(Object.keys(commands)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(?:keys|flush|del$)/u)]));
  });

  test("no operation takes KEYS, FLUSHDB, DEL or a transaction", async () => {
    const bench = await openBench();
    const { cache, live } = await bench.open();
    await bench.client.sendCommand(["CONFIG", "RESETSTAT"]);
    await cache.setMany([
      { key: "a", value: 1 },
      { key: "b", value: 2, ttl: HOUR },
    ]);
    await cache.getMany(["a", "b"]);
    for await (const [key] of cache.iterator?.(undefined) ?? []) await cache.has(key);
    await live.refresh();
    await live.age(1_000);
    await cache.deleteMany(["a", "b"]);
    await cache.clear();
    const known = [
      "client|setinfo",
      "config|resetstat",
      "get",
      "info",
      "mget",
      "pexpire",
      "pttl",
      "scan",
      "set",
      "unlink",
    ];
    expect(Object.keys(await commandsOf(bench)).filter((name) => !known.includes(name))).toEqual([]);
  });

  test("what one process clears or deletes, no other finds, also when it has not heard of it", async () => {
    const bench = await openBench();
    const [one, other] = [await bench.open(), await bench.open()];
    await one.cache.set("a", 1);
    expect(await other.cache.get("a")).toBe(1);
    await one.cache.clear();
    expect(await other.cache.get("a")).toBeUndefined();
    await one.cache.clear();
    expect(await other.cache.set("a", "into a generation that is over")).toBe(false);
    expect(await other.cache.set("a", 2)).toBe(true);
    await one.cache.clear();
    await one.cache.set("a", 3);
    expect(await other.cache.delete("a")).toBe(true);
    expect(await one.cache.get("a")).toBeUndefined();
  });

  test("caches of different prefixes leave each other alone", async () => {
    const bench = await openBench();
    const [one, other] = [await bench.open({ prefix: "shop" }), await bench.open({ prefix: "shop-2" })];
    await one.cache.set("a", 1);
    await other.cache.set("a", 2);
    await bench.client.set("shop:somebody else's", "kept");
    await bench.client.set("shop:g:is not ours", "kept");
    await one.cache.clear();
    await vi.waitFor(async () => expect(await bench.client.keys("shop:g*-*")).toEqual([]));
    expect([await one.cache.get("a"), await other.cache.get("a")]).toEqual([undefined, 2]);
    expect(await bench.client.mGet(["shop:somebody else's", "shop:g:is not ours"])).toEqual(["kept", "kept"]);
  });

  test("an hour that passes expires what would have, and makes the rest an hour older", async () => {
    const bench = await openBench();
    const { cache, live } = await bench.open();
    await cache.set("short", 1, HOUR / 2);
    await cache.set("long", 2, 2 * HOUR);
    await cache.set("for ever", 3);
    await live.refresh();
    expect(live.entries()).toEqual([
      { key: "for ever", value: 3, age: expect.closeTo(0, -4), timeToLive: null },
      { key: "long", value: 2, age: expect.closeTo(0, -4), timeToLive: expect.closeTo(2 * HOUR, -4) },
      { key: "short", value: 1, age: expect.closeTo(0, -4), timeToLive: expect.closeTo(HOUR / 2, -4) },
    ]);
    await live.age(HOUR);
    await live.refresh();
    expect(live.entries()).toEqual([
      { key: "for ever", value: 3, age: expect.closeTo(0, -4), timeToLive: null },
      { key: "long", value: 2, age: expect.closeTo(HOUR, -4), timeToLive: expect.closeTo(HOUR, -4) },
    ]);
    expect([await cache.get("short"), await cache.get("long")]).toEqual([undefined, 2]);
  });

  test("at most a thousand entries are listed", async () => {
    const { cache, live } = await (await openBench()).open();
    await cache.setMany(Array.from({ length: 1_200 }, (_, n) => ({ key: `k${n}`, value: n })));
    await live.refresh();
    expect(live.entries()).toHaveLength(1_000);
  });

  test("handlers can go through all entries, and delete what they find", async () => {
    const { cache } = await (await openBench()).open();
    await cache.set("item:1", "one");
    await cache.set("item:2", "two");
    await cache.set("list", "all");
    const found: [string, unknown][] = [];
    for await (const entry of cache.iterator?.(undefined) ?? []) {
      found.push(entry as [string, unknown]);
      if (String(entry[0]).startsWith("item:")) await cache.delete(String(entry[0]));
    }
    expect(found.sort()).toEqual([
      ["item:1", "one"],
      ["item:2", "two"],
      ["list", "all"],
    ]);
    expect([await cache.get("item:1"), await cache.get("list")]).toEqual([undefined, "all"]);
  });

  test("what somebody else wrote under a key is no entry", async () => {
    const bench = await openBench();
    const { cache } = await bench.open();
    await cache.set("a", 1);
    const [place] = await bench.client.keys("bench:g*:a");
    await bench.client.set(place ?? "", "not Keyv's");
    expect(await cache.get("a")).toBeUndefined();
    await bench.client.del(place ?? "");
    await bench.client.lPush(place ?? "", "a list");
    expect(await cache.get("a")).toBeUndefined();
    expect(await cache.set("a", 2)).toBe(true);
    expect(await cache.get("a")).toBe(2);
  });

  test("a password, a database and a prefix are those of the address", async () => {
    const bench = await openBench();
    await bench.client.sendCommand([
      "ACL",
      "SETUSER",
      "ada",
      "on",
      ">s@cret",
      "~shop:*",
      "+@all",
      "-@dangerous",
      "+info",
    ]);
    const { cache } = await bench.open({
      address: parseCacheAddress(`redis://ada:s%40cret@127.0.0.1:${bench.redis.port}/3?prefix=shop`, "--cache"),
    });
    expect(await cache.set("a", 1)).toBe(true);
    expect(await bench.client.dbSize()).toBe(0);
    await bench.client.select(3);
    expect((await bench.client.keys("*")).every((key) => key.startsWith("shop:"))).toBe(true);
    expect(await cache.get("a")).toBe(1);
  });

  test("a socket is an address, too", async () => {
    const bench = await openBench();
    const path = `${bench.folder}/redis.sock`;
    await bench.server({ unixsocket: path });
    const { cache } = await bench.open({ address: parseCacheAddress(`unix:${path}?database=1`, "--cache") });
    await cache.set("a", 1);
    expect(await cache.get("a")).toBe(1);
  });
});

/** How often each command was called since the statistics were reset. */
async function commandsOf({ client }: Bench): Promise<Record<string, number>> {
  const stats = await client.info("commandstats");
  const lines = stats.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gmu);
  const commands = Object.fromEntries([...lines].map(([, name = "", calls]) => [name, Number(calls)]));
  delete commands["dbsize"]; // what the test itself asks
  return commands;
}
