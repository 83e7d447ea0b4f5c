/**
 * The runbook, block by block and in order, against real servers: what each block prints is what its text says. Needs a
 * build, curl and jq. Nothing in it is replaced but the port, since the usual one may be taken.
 */
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { env, execPath, kill } from "node:process";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { hasRedisServer, startRedisServer } from "../../calibrate/redis-server.ts";
import { scenario } from "./scenario.ts";

const { databaseDelay } = scenario;
const root = join(import.meta.dirname, "../..");
const PATIENCE = 120_000;

interface Block {
  readonly name: string;
  readonly text: string;
}

const page = readFileSync(join(import.meta.dirname, "RUNBOOK.md"), "utf8");
const blocks: readonly Block[] = [...page.matchAll(/^```bash \{"name": "([a-z-]+)"\}\n(.*?)^```$/gmsu)].map(
  ([, name = "", text = ""]) => ({ name, text }),
);

/** What has to come out; of several lines of JSON, what jq prints without its line breaks. */
const SHOWN: Readonly<Record<string, RegExp>> = {
  "start-lab": /Starting, process \d+/,
  "wait-healthy": /The service answers/,
  "verify-services": /"status": "ok"/,
  "show-urls": /http:\/\/\S+#token=\w+/,
  "clear-cache": /"status": "cleared"/,
  "first-read-miss": /"name": "Laptop Stand", "price": 49, "cache_status": "miss"/,
  "second-read-hit": /"name": "Laptop Stand", "price": 49, "cache_status": "hit"/,
  "timing-comparison": /miss\s+\d\.\d+ s hit\s+\d\.\d+ s/,
  "create-product": /"id": "prod-013".*"price": 49.99.*"cache_status": "not cached"/,
  "check-cache-after-create": /"id": "prod-013", "exists": false \} 1/,
  "read-to-cache": /"cache_status": "miss" \} \{ "exists": true, "ttl_seconds": (?:300|299)/,
  "cache-product": /"price": 149, "cache_status": "miss"/,
  "verify-cached": /"exists": true/,
  "update-product": /"Mechanical Keyboard Pro", "price": 199.99, "cache_status": "invalidated"/,
  "verify-invalidated": /"exists": false/,
  "read-repopulate": /"price": 199.99, "cache_status": "miss"/,
  "list-follows":
    /\[ 49, 199.99 \], "cache_status": "miss" \} \{ "cache_status": "hit" \} \{ "prices": \[ 49, 149 \], "cache_status": "miss"/,
  "two-editors": /price 59: 200 price 69: 412 \{ "price": 59, "version": 2/,
  "cache-for-stale": /"price": 279, "cache_status": "miss"/,
  "simulate-external-update": /"old_price": 279, "new_price": 999.99, "cache": "still holds the old price"/,
  "show-stale-read": /"price": 279, "cache_status": "hit"/,
  "fix-stale-read": /"invalidated": \[ "product:prod-003" \].*"price": 999.99, "cache_status": "miss"/,
  "cache-stats": /"cached_items": 1,.*"hits": \d+, "misses": \d+, "hit_rate": 0\.\d+, "invalidations": \d+/,
  "generate-traffic": /"hits": 20, "misses": 5/,
  "stop-lab": /The lab is stopped/,
  "start-reference": /"status": "ok"/,
  "external-update-with-feed": /"price": 279.*"old_price": 279, "new_price": 999.99/,
  "read-after-feed": /"price": 999.99/,
  "other-fixes": /change-feed.*revision-in-key/,
  "load-test": /mixed nine look, one writes requests \d+, .*hit rate \d+\.\d % stale answers \d+/,
  "compare-strategies":
    /no cache 0\.0 % 0 - .*TTL only \d\d\.\d % \d+ .*write-through 9\d\.\d % .*versioned keys \d\d\.\d % 0 - /,
  cleanup: /Cleaned up/,
};

let folder = "";
let port = 0;

const missing = ["curl", "jq", "bash"].filter((tool) => spawnSync(tool, ["--version"]).status !== 0);
const isRequired = env["REQUIRE_SERVICES"] === "1";
const isSkipped = missing.length > 0 && !isRequired;

beforeAll(async () => {
  port = await freePort();
  folder = mkdtempSync(join(tmpdir(), "stale-stats-runbook-"));
  mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
  symlinkSync(join(root, "bin", "stale-stats.js"), join(folder, "node_modules", ".bin", "stale-stats"));
  writeFileSync(join(folder, "package.json"), "{}");
});

/** Whatever a block has left running when one after it failed. */
afterAll(() => {
  try {
    kill(-Number(readFileSync(join(folder, "catalog.pid"), "utf8")), "SIGTERM");
  } catch {
    // Cleaned up, as the last block does.
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test("every block of the page has a name of its own, and something that it must show", () => {
  expect(page.match(/^```bash/gmu)?.length).toBe(blocks.length);
  expect(blocks.map(({ name }) => name)).toEqual(Object.keys(SHOWN));
});

test.skipIf(isSkipped)("every block shows what it should, in order", { timeout: PATIENCE }, async () => {
  expect(missing).toEqual([]);
  expect(await playAll("")).toEqual(blocks.map(({ name }) => name));
});

test.skipIf(isSkipped || (!hasRedisServer() && !isRequired))(
  "every block shows the same over a real Redis",
  { timeout: PATIENCE },
  async () => {
    const redis = await startRedisServer({ folder });
    onTestFinished(() => redis.stop());
    expect(await playAll(` --cache ${redis.url(0)}`)).toEqual(blocks.map(({ name }) => name));
  },
);

/** `option`: what `serve` is given besides what the page says. Gives the blocks that were played. */
async function playAll(option: string): Promise<string[]> {
  const printed = new Map<string, string>();
  for (const { name, text } of blocks) {
    const { code, out } = await run(text.replaceAll("serve product-catalog", `serve product-catalog${option}`));
    expect(`${name}: ${code}: ${out}`).toMatch(new RegExp(`^${name}: 0: .*${SHOWN[name]?.source ?? "nothing"}`));
    printed.set(name, out);
  }
  // How long a hit takes depends on the machine; a miss takes what the database takes, and no less.
  const miss = missSeconds(printed.get("timing-comparison") ?? "");
  expect(miss * 1000).toBeGreaterThanOrEqual(databaseDelay.costly);
  return [...printed.keys()];
}

function run(text: string): Promise<{ code: number; out: string }> {
  const here = text.replaceAll("8000", String(port));
  const path = `${dirname(execPath)}${delimiter}${env["PATH"] ?? ""}`;
  return new Promise((resolve) => {
    const child = execFile("bash", ["-c", here], { cwd: folder, env: { ...env, PATH: path } }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, out: `${stdout}${stderr}`.replaceAll(/\s+/gu, " ").trim() }),
    );
  });
}

function missSeconds(out: string): number {
  return Number(/miss ([\d.]+) s/.exec(out)?.[1]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
