/** The starter and every accepted fix, one request at a time against real SQLite and Keyv; and every manifest. */
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fixFiles, loadFixes, starterFiles } from "../../src/scenario/index.ts";
import type { Cast, RequestSpec } from "../../src/vocabulary.ts";
import { scenario } from "./scenario.ts";
import { worldOf } from "./testing/open-database.ts";
import { openService } from "./testing/open-service.ts";
import type { TestService } from "./testing/open-service.ts";

const place = { root: fileURLToPath(new URL("../..", import.meta.url)), slug: scenario.slug };
const accepted = await loadFixes({ ...place, kind: "accepted" });
const rejected = await loadFixes({ ...place, kind: "rejected" });

// As in a check, a second lies between two requests: in one and the same millisecond, times are no versions.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: 0 }));
afterEach(() => void vi.useRealTimers());

async function openWorld(files: ReadonlyMap<string, string>): Promise<{ service: TestService; cast: Cast }> {
  const service = await openService(files);
  return { service, cast: scenario.seedWorld(worldOf(service.db)) };
}

/** A body that the database cannot explain is the whole point of the workshop. */
async function isFresh(service: TestService, read: RequestSpec): Promise<boolean> {
  const expected = scenario.truth(service.db, read);
  const { status, body } = await service.send(read);
  return status === expected.status && JSON.stringify(sorted(body)) === JSON.stringify(sorted(expected.body));
}

function sorted(body: unknown): unknown {
  return Object.entries(body ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
}

async function staleAfterWrites(files: ReadonlyMap<string, string>): Promise<string[]> {
  const { service, cast } = await openWorld(files);
  const stale: string[] = [];
  for (const write of [undefined, ...cast.writes]) {
    vi.advanceTimersByTime(1000);
    const { status } = write === undefined ? { status: 201 } : await service.send(write);
    expect(status).toBe(201);
    for (const read of cast.reads) if (!(await isFresh(service, read))) stale.push(read.path);
  }
  return [...new Set(stale)];
}

test("the starter shows old figures after a download, and nothing else is wrong with it", async () => {
  const files = await starterFiles(place);
  expect([...files.keys()]).toEqual(["downloads.ts", "statistics.ts"]);
  expect(await staleAfterWrites(files)).toEqual([5001, 6001, 5003].map((id) => `/datasets/${id}/statistics`));
});

test("the starter refuses what the contract refuses and leaves no trace of it", async () => {
  const { service, cast } = await openWorld(await starterFiles(place));
  const rows = (): unknown => [service.db.all("SELECT * FROM audit_logs"), service.db.all("SELECT * FROM datasets")];
  const before = rows();
  for (const request of cast.refused)
    expect((await service.send(request)).status).toBe(scenario.truth(service.db, request).status);
  expect(rows()).toEqual(before);
});

test("a download leaves exactly the promised rows", async () => {
  const { service, cast } = await openWorld(await starterFiles(place));
  const [write] = cast.writes;
  if (write === undefined) throw new Error("no write");
  const { body } = await service.send(write);
  const row = service.db.get("SELECT id AS download_id, dataset_id, user_id FROM audit_logs ORDER BY id DESC LIMIT 1");
  const times = service.db.get<{ logged: string; accessed: string }>(
    `SELECT created_at AS logged, last_accessed_at AS accessed FROM audit_logs JOIN datasets ON datasets.id = dataset_id
      ORDER BY audit_logs.id DESC LIMIT 1`,
  );
  expect(body).toEqual(row);
  expect(times?.logged).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(times?.accessed).toBe(times?.logged);
});

describe("every accepted fix", () => {
  test.each(accepted.map((fix) => [fix.name, fix] as const))("%s is fresh after every write", async (_, fix) => {
    expect(await staleAfterWrites(await fixFiles({ ...place, fix }))).toEqual([]);
  });

  test.each(accepted.map((fix) => [fix.name, fix] as const))("%s still answers from the cache", async (_, fix) => {
    const { service, cast } = await openWorld(await fixFiles({ ...place, fix }));
    const [read] = cast.reads;
    if (read === undefined) throw new Error("no read");
    const first = await service.send(read);
    service.db.run("DELETE FROM audit_logs");
    expect(await service.send(read)).toEqual(first);
  });
});

test("there are enough fixes, the reference comes first, and the stars are earned by some", () => {
  expect(accepted.length).toBeGreaterThanOrEqual(10);
  expect(accepted[0]?.name).toBe("delete-after-write");
  expect(new Set(accepted.map((fix) => fix.manifest.stars))).toEqual(new Set([2, 3]));
});

test("no two fixes are the same, and none is the starter", async () => {
  const starter = JSON.stringify([...(await starterFiles(place))]);
  const texts = await Promise.all(
    [...accepted, ...rejected].map(async (fix) => JSON.stringify([...(await fixFiles({ ...place, fix }))])),
  );
  expect(texts).not.toContain(starter);
  const plain = texts.slice(0, accepted.length);
  expect(new Set(plain).size).toBe(plain.length);
});

test("the version that never stands still moves on within one millisecond", async () => {
  const fix = accepted.find(({ name }) => name === "stamped-entry");
  if (fix === undefined) throw new Error("no such fix");
  const { service, cast } = await openWorld(await fixFiles({ ...place, fix }));
  const [write] = cast.writes;
  if (write === undefined) throw new Error("no write");
  service.db.run("UPDATE datasets SET last_accessed_at = '2999-12-31T23:59:59.998Z'");
  const versions = new Set<string>();
  for (let n = 0; n < 20; n += 1) {
    await service.send(write);
    versions.add(String(service.db.get("SELECT last_accessed_at FROM datasets WHERE id = 5001")?.["last_accessed_at"]));
  }
  expect(versions.size).toBe(20);
  expect([...versions].toSorted((one, other) => one.localeCompare(other))).toEqual([...versions]);
});
