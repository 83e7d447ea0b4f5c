/** `load-test` as people run it, and against a service that runs already. Needs a build. */
import { createServer } from "node:http";
import { expect, onTestFinished, test, vi } from "vitest";
import type { LoadReport } from "./load-report.ts";
import { run } from "./load-test.ts";
import { recordingIo } from "./recording-io.test-support.ts";
import { type WatchedFolder, workshopFolder } from "./watched-folder.test-support.ts";

// Whole commands, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 });

async function setUp(): Promise<WatchedFolder> {
  const workshop = workshopFolder();
  expect(await workshop.start("setup-test-data").ended()).toBe(0);
  return workshop;
}

test("the starter serves stale answers, which are counted, and miss the threshold", async () => {
  const workshop = await setUp();
  const running = workshop.start(
    "load-test",
    "--workload",
    "stale-read",
    "--seconds",
    "2",
    "--max-stale",
    "0",
    "--json",
  );
  expect(await running.ended()).toBe(1);
  const report = JSON.parse(running.text()) as LoadReport;
  const [result] = report.workloads;
  expect(report.missed).toEqual([
    expect.stringMatching(/^stale-read: stale answers are \d+, and must not be above 0$/u),
  ]);
  expect(result?.staleAnswers).toBeGreaterThan(0);
  expect(result?.requests).toBeGreaterThan(0);
  expect(result?.histogram.reduce((sum, { answers }) => sum + answers, 0)).toBe(result?.requests);
  expect(result?.latency.p50).toBeLessThanOrEqual(result?.latency.p99 ?? 0);
});

test("a service that runs already is tested by its address, and goes on running", async () => {
  const workshop = await setUp();
  const serving = workshop.start("serve", "--port", "0");
  await serving.seen("Ctrl-C");
  const [address = ""] = /http:\/\/127\.0\.0\.1:\d+/u.exec(serving.text()) ?? [];
  const running = workshop.start("load-test", "--url", address, "--seconds", "1");
  expect(await running.ended()).toBe(0);
  expect(running.text()).toMatch(/warm-up {2}everybody looks[\s\S]+mixed {2}nine look[\s\S]+stale-read {2}each write/u);
  expect(running.text()).toMatch(/hit rate +\d+\.\d %/u);
  expect((await fetch(`${address}/health`)).status).toBe(200);
  serving.signal("SIGINT");
  await serving.ended();
});

test("who counts nothing is measured all the same, and nothing is said of what was not counted", async () => {
  const server = createServer((_, response) => response.writeHead(404).end()).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await vi.waitUntil(() => server.listening);
  const place = server.address();
  const url = `http://127.0.0.1:${typeof place === "object" ? place?.port : ""}`;
  const io = recordingIo();
  onTestFinished(io.remove);
  expect(await run({ scenario: "stale-statistics", url, seconds: 1, workload: "warm-up" }, io)).toBe(0);
  expect(io.printed()).toMatch(/stale answers +not counted/u);
  expect(io.printed()).toMatch(/not answered well +\d+ refused, 0 failed/u);
});

test.each([
  [{ url: "nonsense" }, "--url must be an address"],
  [{ url: "ftp://127.0.0.1" }, "--url must be an address"],
  [{ url: "http://shop.example" }, "shop.example is another machine"],
  [{ url: "http://127.0.0.1.shop.example" }, "is another machine"],
  [{ url: "http://127.0.0.1:1", cache: "redis://h" }, "--service and --cache are for"],
])("%j is refused before anything is sent", async (options, message) => {
  const io = recordingIo();
  onTestFinished(io.remove);
  await expect(run({ scenario: "stale-statistics", ...options }, io)).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining(message),
  });
});

test("where nobody answers, nothing is measured", async () => {
  const io = recordingIo();
  onTestFinished(io.remove);
  await expect(run({ scenario: "stale-statistics", url: "http://127.0.0.1:1" }, io)).rejects.toMatchObject({
    code: "environment",
    message: "Nobody answers at http://127.0.0.1:1.",
  });
});
