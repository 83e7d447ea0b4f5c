/** The cache over a real Redis that is ended, frozen, full, demoted and cut off: bounded, honest, and never stale. */
import { env } from "node:process";
import { setImmediate as untilNextTurn } from "node:timers/promises";
import { createClient } from "@keyv/redis";
import type Keyv from "keyv";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { hasRedisServer } from "../../../../calibrate/redis-server.ts";
import { parseCacheAddress } from "./cache-address.ts";
import { type Bench, openBench, type OpenCache } from "./redis-bench.test-support.ts";

const isRequired = env["REQUIRE_SERVICES"] === "1";
/** Milliseconds: the patience for a command, and as much again for a busy machine. */
const BOUND = 3_000;

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  const started = performance.now();
  const result = await work;
  expect(performance.now() - started).toBeLessThan(BOUND);
  return result;
}

/** What a service does in an outage: a read that fills, a write that invalidates. Nothing rejects or hangs. */
async function useCache({ cache }: OpenCache): Promise<void> {
  await inTime(cache.get("old")); // a replica still has it, and nothing was written so far
  await inTime(cache.set("filled", "in the outage", 60_000));
  expect(await inTime(cache.delete("old"))).toBe(false);
  expect(await inTime(cache.get("old"))).toBeUndefined();
}

interface Trouble {
  readonly begin: (bench: Bench) => Promise<unknown>;
  readonly end: (bench: Bench) => Promise<unknown>;
  readonly says: RegExp;
}

const ENDED: Omit<Trouble, "begin"> = {
  end: ({ redis }) => redis.startAgain(),
  says: /closed|ECONNREFUSED|ECONNRESET|EPIPE/u,
};

const TROUBLES: Readonly<Record<string, Trouble>> = {
  stopped: { begin: ({ redis }) => redis.stop(), ...ENDED },
  killed: { begin: ({ redis }) => redis.kill(), ...ENDED },
  frozen: {
    begin: async ({ redis }) => redis.freeze(),
    end: async ({ redis }) => redis.thaw(),
    says: /no answer within 1000 ms/u,
  },
  "a replica, which takes no writes": {
    begin: ({ client }) => client.sendCommand(["REPLICAOF", "127.0.0.1", "1"]),
    end: ({ client }) => client.sendCommand(["REPLICAOF", "NO", "ONE"]),
    says: /^READONLY /u,
  },
  "unable to save, and refusing writes": {
    begin: ({ client }) => client.sendCommand(["CONFIG", "SET", "min-replicas-to-write", "1"]),
    end: ({ client }) => client.sendCommand(["CONFIG", "SET", "min-replicas-to-write", "0"]),
    says: /^NOREPLICAS /u,
  },
  "asking for a password all of a sudden": {
    begin: async ({ client }) => {
      await client.sendCommand(["CONFIG", "SET", "requirepass", "secret"]);
      await client.sendCommand(["CLIENT", "KILL", "TYPE", "normal"]);
    },
    end: async ({ redis }) => {
      const known = createClient({ url: redis.url(0), password: "secret" });
      await known.connect();
      await known.sendCommand(["CONFIG", "SET", "requirepass", ""]);
      known.destroy();
    },
    says: /^NOAUTH |closed/u,
  },
};

describe.skipIf(!hasRedisServer() && !isRequired)("with a redis-server (install redis-server to run these)", () => {
  test.each(Object.entries(TROUBLES))("%s", async (_, { begin, end, says }) => {
    const bench = await openBench();
    const [one, other] = [await bench.open(), await bench.open()];
    await one.cache.set("old", "before the write", 60_000);
    expect(await other.cache.get("old")).toBe("before the write");
    await begin(bench);
    await useCache(one);
    await one.feels("degraded", says);
    // The other process learns of it by itself or by asking; either way it serves nothing of before the write.
    expect(await inTime(other.cache.get("old"))).toBeUndefined();
    await end(bench);
    await Promise.all([one.feels("ok"), other.feels("ok")]);
    for (const { cache } of [one, other, await bench.open()]) expect(await cache.get("old")).toBeUndefined();
    expect(await one.cache.set("old", "after", 60_000)).toBe(true);
    expect(await other.cache.get("old")).toBe("after");
  });

  test("connections that are cut are made again, and nothing asked meanwhile is lost", async () => {
    const bench = await openBench();
    const one = await bench.open();
    await one.cache.set("a", 1);
    for (let cut = 0; cut < 5; cut += 1) {
      await bench.client.sendCommand(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);
      await Promise.all([one.cache.get("a"), one.cache.set("a", cut), one.cache.delete("a")]);
      await one.feels("ok");
      expect(await one.cache.get("a")).toBeUndefined();
    }
  });

  test("a full Redis goes on answering reads and deletes, and can be cleared", async () => {
    const bench = await openBench({ "maxmemory-policy": "noeviction" });
    const one = await bench.open();
    await one.cache.set("kept", "k", 60_000);
    await one.cache.set("large", "x".repeat(3_000_000));
    await bench.client.sendCommand(["CONFIG", "SET", "maxmemory", "2mb"]);
    expect(await inTime(one.cache.set("new", "n"))).toBe(false);
    await one.feels("degraded", /^OOM /u);
    expect(await one.cache.get("kept")).toBe("k");
    expect(await one.cache.delete("kept")).toBe(true);
    expect(await one.cache.get("kept")).toBeUndefined();
    await one.cache.clear();
    expect(await one.cache.get("large")).toBeUndefined();
    await one.feels("ok"); // what was out of reach has been removed, so that there is room
    expect(await one.cache.set("new", "n")).toBe(true);
  });

  test("a Redis that comes back with what it had saved before serves nothing of it", async () => {
    const bench = await openBench();
    const one = await bench.open();
    await one.cache.set("a", "saved");
    await bench.client.sendCommand(["SAVE"]);
    expect(await one.cache.delete("a")).toBe(true); // carried out, and undone by what follows
    await bench.redis.kill();
    await bench.redis.startAgain();
    const restored = await vi.waitFor(() => bench.client.keys("bench:*:a"));
    expect(restored).toHaveLength(1);
    await one.feels("ok");
    expect(await one.cache.get("a")).toBeUndefined();
  });

  test("a Redis that takes over another one's data serves nothing of it, and has its own begin anew", async () => {
    const bench = await openBench();
    const elsewhere = await bench.server();
    const one = await bench.open();
    await one.cache.set("a", 1);
    await bench.client.sendCommand(["REPLICAOF", "127.0.0.1", String(elsewhere.port)]);
    await one.feels("degraded", /^READONLY |^LOADING |^MASTERDOWN /u);
    await vi.waitFor(async () => expect(await bench.client.info("replication")).toContain("master_link_status:up"), {
      timeout: 20_000,
    });
    await bench.client.sendCommand(["REPLICAOF", "NO", "ONE"]);
    await one.feels("ok");
    expect(await one.cache.get("a")).toBeUndefined();
    expect(await one.cache.set("a", 2)).toBe(true);
    expect(await one.cache.get("a")).toBe(2);
  });

  test("an invalidation that one process could not make is honoured by one that reaches the Redis all the time", async () => {
    const bench = await openBench();
    const other = await bench.open();
    await other.cache.set("a", "before the write");
    await bench.client.sendCommand(["ACL", "SETUSER", "cut", "on", ">off", "~*", "+@all"]);
    const cutOff = await bench.open({ address: parseCacheAddress(`${bench.redis.url(0)}?user=cut&password=off`, "") });
    await bench.client.sendCommand(["ACL", "DELUSER", "cut"]); // and ends its connections
    expect(await inTime(cutOff.cache.delete("a"))).toBe(false);
    await cutOff.feels("degraded", /^WRONGPASS /u);
    expect(other.live.health).toEqual({ health: "ok", trouble: null });
    expect(await other.cache.get("a")).toBeUndefined();
    expect(other.steps.at(-1)).toMatchObject({ hit: false });
    // The one that is well makes up for it.
    await vi.waitFor(async () => expect(await other.cache.set("a", "after the write")).toBe(true), { timeout: 10_000 });
    expect(await other.cache.get("a")).toBe("after the write");
  });

  test("an invalidation outlives the process that could not make it", async () => {
    const bench = await openBench();
    const one = await bench.open();
    await one.cache.set("a", "before the write");
    bench.redis.freeze();
    await one.cache.delete("a");
    one.live.close();
    bench.redis.thaw();
    const next = await bench.open();
    expect(await next.cache.get("a")).toBeUndefined();
    expect(await next.cache.set("a", "after")).toBe(true);
  });

  test("what was on its way when the Redis froze does no harm when it arrives after all", async () => {
    const bench = await openBench();
    const [one, other] = [await bench.open(), await bench.open()];
    bench.redis.freeze();
    const late = one.cache.set("a", "read before the write");
    expect(await late).toBe(false);
    expect(await one.cache.delete("a")).toBe(false);
    bench.redis.thaw();
    await Promise.all([one.feels("ok"), other.feels("ok")]);
    expect(await other.cache.get("a")).toBeUndefined();
    expect(await one.cache.get("a")).toBeUndefined();
  });

  test("who would delete by pattern in an outage has deleted everything", async () => {
    const bench = await openBench();
    const one = await bench.open();
    await one.cache.set("item:1", 1);
    bench.redis.freeze();
    expect(await one.cache.get("item:1")).toBeUndefined();
    for await (const [key] of one.cache.iterator?.(undefined) ?? []) await one.cache.delete(key);
    bench.redis.thaw();
    await one.feels("ok");
    expect(await one.cache.get("item:1")).toBeUndefined();
  });

  test("one outage after the other, with traffic all the time: nothing rejects, nothing old is read", async () => {
    const bench = await openBench();
    const [one, other] = [await bench.open(), await bench.open()];
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    const tally: Tally = { writes: 0, hits: 0, stale: [] };
    const busy = readAndWrite([one.cache, other.cache], tally, stop.signal);
    const outages = [
      [() => bench.redis.freeze(), () => bench.redis.thaw()],
      [() => bench.redis.kill(), () => bench.redis.startAgain()],
      [() => bench.redis.stop(), () => bench.redis.startAgain()],
    ] as const;
    for (const [begin, end] of outages) {
      const { writes, hits } = tally;
      await vi.waitFor(() => expect(tally.hits).toBeGreaterThan(hits), { timeout: 10_000 });
      await begin();
      await Promise.all([one.feels("degraded"), other.feels("degraded")]);
      await vi.waitFor(() => expect(tally.writes).toBeGreaterThan(writes), { timeout: 10_000 });
      await end();
      await Promise.all([one.feels("ok"), other.feels("ok")]);
    }
    const { hits } = tally;
    await vi.waitFor(() => expect(tally.hits).toBeGreaterThan(hits), { timeout: 10_000 });
    stop.abort();
    await busy;
    expect(tally.stale).toEqual([]);
  });
});

interface Tally {
  writes: number;
  hits: number;
  stale: unknown[];
}

/** One at a time: both processes read and fill, then one of them writes and invalidates. The tally is kept up to date. */
async function readAndWrite([one, other]: readonly [Keyv, Keyv], tally: Tally, signal: AbortSignal): Promise<void> {
  const read = async (cache: Keyv): Promise<void> => {
    const found = await cache.get<number>("figure");
    if (found === undefined) return void (await cache.set("figure", tally.writes, 60_000));
    tally.hits += 1;
    if (found !== tally.writes) tally.stale.push({ found, truth: tally.writes });
  };
  const write = async (cache: Keyv): Promise<void> => {
    tally.writes += 1;
    await cache.delete("figure");
  };
  while (!signal.aborted) {
    for (const writer of [one, other]) {
      await read(one);
      await read(other);
      await write(writer);
    }
    await untilNextTurn(); // what fails at once must not keep everybody else from having a turn
  }
}
