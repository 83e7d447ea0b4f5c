/** `--cache` through the commands that take it, over a real Redis. Needs a build. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { hasRedisServer, type RedisServer, startRedisServer } from "../../calibrate/redis-server.ts";
import { run as demonstrate } from "./demonstrate-problem.ts";
import { recordingIo, type RecordingIo } from "./recording-io.test-support.ts";
import { run as serve } from "./serve.ts";
import { run as setUp } from "./setup-test-data.ts";
import { workshopFolder } from "./watched-folder.test-support.ts";

// Whole commands, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 });

const SCENARIO = "stale-statistics";
const isRequired = process.env["REQUIRE_SERVICES"] === "1";

test.each([serve, demonstrate])("an address that is none is refused before anything is done", async (run) => {
  const io = recordingIo();
  onTestFinished(io.remove);
  await setUp({ scenario: SCENARIO }, io);
  const before = io.printed();
  await expect(run({ scenario: SCENARIO, cache: "localhost:6379" }, io)).rejects.toMatchObject({
    code: "usage",
    hint: expect.stringContaining("redis://"),
  });
  expect(io.printed()).toBe(before);
});

test("a story whose Redis is not there is not told without it, and says no secret", async () => {
  const io = recordingIo();
  onTestFinished(io.remove);
  await setUp({ scenario: SCENARIO }, io);
  expect(await demonstrate({ scenario: SCENARIO, cache: "redis://ada:topsecret@127.0.0.1:1" }, io)).toBe(6);
  expect(io.complained()).toContain("The cache at redis://127.0.0.1:1/0 cannot be used: connect ECONNREFUSED");
  expect(io.printed() + io.complained()).not.toMatch(/topsecret|ada/u);
});

describe.skipIf(!hasRedisServer() && !isRequired)("with a redis-server (install redis-server to run these)", () => {
  test("the story goes wrong in the same way, over entries that lie in the Redis", async () => {
    const { io, redis } = await workshop();
    expect(await demonstrate({ scenario: SCENARIO, cache: `${redis.url(0)}?prefix=story` }, io)).toBe(0);
    expect(io.printed()).toContain("Dashboard shows: 15 downloads");
    expect(io.printed()).toContain("Database has: 35 downloads");
    expect(io.printed()).toMatch(/age +\d/u);
    // Told a second time it begins with an empty cache: else the first look would find the old entry.
    expect(await demonstrate({ scenario: SCENARIO, cache: `${redis.url(0)}?prefix=story` }, io)).toBe(0);
    expect(io.printed().match(/from the database/gu)).toHaveLength(2);
  });

  test("a served scenario goes on answering while its Redis is gone, says so, and recovers", async () => {
    const redis = await redisServer();
    const { start } = workshopFolder();
    expect(await start("setup-test-data").ended()).toBe(0);
    const running = start("serve", "--port", "0", "--service", "reference", "--cache", redis.url(0));
    await running.seen("Ctrl-C");
    const [address = ""] = /http:\/\/127\.0\.0\.1:\d+/u.exec(running.text()) ?? [];
    expect(running.text()).toMatch(/cache +redis:/u);
    const look = (): Promise<Response> => fetch(`${address}/datasets/1/statistics`);
    const health = async (): Promise<unknown> => (await fetch(`${address}/health`)).json();
    await vi.waitFor(async () => expect(await health()).toMatchObject({ status: "ok" }), { timeout: 20_000 });
    expect(await (await look()).json()).toMatchObject({ total_downloads: 15 });
    await vi.waitFor(async () => expect(await health()).toMatchObject({ cache: { entries: 1 } }), { timeout: 20_000 });
    redis.freeze();
    expect(await (await look()).json()).toMatchObject({ total_downloads: 15 });
    expect(await health()).toMatchObject({
      status: "degraded",
      cache: { status: "degraded", trouble: "no answer within 500 ms" },
    });
    const body = JSON.stringify({ user_id: 1 });
    const headers = { "content-type": "application/json" };
    const written = await fetch(`${address}/datasets/1/downloads`, { method: "POST", headers, body });
    expect(written.status).toBe(201);
    redis.thaw();
    await vi.waitFor(async () => expect(await health()).toMatchObject({ status: "ok" }), { timeout: 20_000 });
    expect(await (await look()).json()).toMatchObject({ total_downloads: 16 });
    running.signal("SIGINT");
    await running.ended(); // and nothing is left of it
  });
});

async function workshop(): Promise<{ io: RecordingIo; redis: RedisServer }> {
  const io = recordingIo();
  onTestFinished(io.remove);
  await setUp({ scenario: SCENARIO }, io);
  return { io, redis: await redisServer() };
}

async function redisServer(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "cache-order-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const redis = await startRedisServer({ folder });
  onTestFinished(() => redis.stop());
  return redis;
}
