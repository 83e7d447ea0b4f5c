/** The service as shipped and under every accepted fix, one request at a time against real SQLite and Keyv. */
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fixFiles, loadFixes, starterFiles } from "../../src/scenario/index.ts";
import type { RequestSpec } from "../../src/vocabulary.ts";
import { scenario } from "./scenario.ts";
import { openService, type TestService } from "./testing/open-service.ts";

const place = { root: fileURLToPath(new URL("../..", import.meta.url)), slug: scenario.slug };
const accepted = await loadFixes({ ...place, kind: "accepted" });
const rejected = await loadFixes({ ...place, kind: "rejected" });

const EVERY_WRITE = [0, 1, 2, 3, 4];

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: 0 }));
afterEach(() => void vi.useRealTimers());

async function isFresh(service: TestService, read: RequestSpec): Promise<boolean> {
  const expected = scenario.truth(service.reader, read);
  const { status, body } = await service.send(read);
  if (status !== expected.status || status !== 200) return status === expected.status;
  const { cache_status: told, ...rest } = body as Record<string, unknown>;
  expect(["hit", "miss"]).toContain(told);
  const { cache_status: _, ...wanted } = expected.body as Record<string, unknown>;
  expect(Object.keys(rest).sort()).toEqual(Object.keys(wanted).sort());
  return JSON.stringify(rest) === JSON.stringify(wanted);
}

async function staleAfter(service: TestService, write: () => Promise<unknown>): Promise<string[]> {
  const { reads } = service.cast;
  for (const read of reads) await service.send(read);
  await write();
  vi.advanceTimersByTime(1000);
  const stale: string[] = [];
  for (const read of reads) if (!(await isFresh(service, read))) stale.push(read.path);
  return stale;
}

describe("the starter", async () => {
  const files = await starterFiles(place);

  test("answers every request of the cast as the contract says, refusals included", async () => {
    for (const position of EVERY_WRITE) {
      const service = await openService(files);
      const { reads, writes, refused } = service.cast;
      const write = writes[position];
      if (write === undefined) throw new Error("no such write");
      for (const request of [...refused, ...reads, write, write]) {
        const { status } = scenario.truth(service.reader, request);
        expect([request.label, (await service.send(request)).status]).toEqual([request.label, status]);
      }
      service.close();
    }
  });

  test("has the faults of its story: stale after an update, a ghost after a removal, blind to others", async () => {
    const service = await openService(files);
    const [update, , , removal] = service.cast.writes;
    const [external] = service.cast.external ?? [];
    if (update === undefined || removal === undefined || external === undefined) throw new Error("the cast is short");
    const [product = "", list = ""] = service.cast.reads.map(({ path }) => path);
    expect(await staleAfter(service, () => service.send(update))).toEqual([product, list]);
    expect(await staleAfter(service, () => service.send(removal))).toContain(product);
    service.close();
    const other = await openService(files);
    const imported = async (): Promise<void> => {
      external.run(other.seeder);
      await other.runJob();
    };
    expect(await staleAfter(other, imported)).toEqual([product, list]);
    other.close();
  });

  test("gives new products ids like prod-013, and the version that If-Match wants", async () => {
    const service = await openService(files, "workshop");
    const body = JSON.stringify({ name: "Demo Widget", description: "Created for demo", price: 49.99 });
    const created = await service.send({ route: "create", path: "/products", body });
    expect(created).toMatchObject({ status: 201, body: { id: "prod-013", price: 49.99, version: 1 } });
    const changed = { route: "update", path: "/products/prod-013", body, headers: { "if-match": '"1"' } };
    expect(await service.send(changed)).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await service.send(changed)).status).toBe(412);
    service.close();
  });
});

describe("the lab", async () => {
  const files = await starterFiles({ ...place, lab: true });

  test.each(EVERY_WRITE)("is plain and right: nothing is stale after write %i", async (position) => {
    const service = await openService(files);
    const write = service.cast.writes[position];
    if (write === undefined) throw new Error("no such write");
    expect([write.label, await staleAfter(service, () => service.send(write))]).toEqual([write.label, []]);
    service.close();
  });

  test("does not hear of what others write, feed or no feed", async () => {
    const service = await openService(files);
    const [external] = service.cast.external ?? [];
    if (external === undefined) throw new Error("the cast is short");
    const imported = async (): Promise<void> => {
      external.run(service.seeder);
      await service.runJob();
    };
    expect(await staleAfter(service, imported)).not.toEqual([]);
    service.close();
  });
});

describe("every accepted fix", () => {
  test.each(accepted.map((fix) => [fix.name, fix] as const))("%s is fresh after each write", async (_, fix) => {
    const files = await fixFiles({ ...place, fix });
    for (const position of EVERY_WRITE) {
      const service = await openService(files);
      const write = service.cast.writes[position];
      if (write === undefined) throw new Error("no such write");
      expect([write.label, await staleAfter(service, () => service.send(write))]).toEqual([write.label, []]);
      service.close();
    }
  });

  test.each(accepted.map((fix) => [fix.name, fix] as const))("%s sees what others wrote", async (_, fix) => {
    const service = await openService(await fixFiles({ ...place, fix }));
    for (const external of service.cast.external ?? []) {
      const imported = async (): Promise<void> => {
        external.run(service.seeder);
        await service.runJob();
      };
      expect([external.label, await staleAfter(service, imported)]).toEqual([external.label, []]);
    }
    service.close();
  });
});

test("there are enough fixes, the reference comes first, and no two are the same", async () => {
  expect(accepted.length).toBeGreaterThanOrEqual(4);
  expect(rejected.length).toBeGreaterThanOrEqual(25);
  expect(accepted[0]?.name).toBe("change-feed");
  const starter = JSON.stringify([...(await starterFiles(place))]);
  const texts = await Promise.all(
    accepted.map(async (fix) => JSON.stringify([...(await fixFiles({ ...place, fix }))])),
  );
  expect(texts).not.toContain(starter);
  expect(new Set(texts).size).toBe(texts.length);
});
