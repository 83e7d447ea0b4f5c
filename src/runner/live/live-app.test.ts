/** How a live service tells who came, and what it keeps from whom. Over a real database file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import type { Handler } from "../../vocabulary.ts";
import type { LiveStep } from "./live-step.ts";
import { openLiveWorld } from "./live-app.ts";

test("a job is told under its own name and is nothing to those outside; a request under its method and path", async () => {
  const { app, arrivals } = open();
  expect((await app.request("/items/7")).status).toBe(200);
  expect((await app.request("/jobs/tell", { method: "POST" })).status).toBe(200);
  expect((await app.request("/jobs/tell", { method: "POST" }, { incoming: {} })).status).toBe(404);
  expect(arrivals()).toEqual(["GET /items/7", "JOB tell", "POST /jobs/tell"]);
});

function open(): { app: ReturnType<typeof openLiveWorld>["app"]; arrivals: () => string[] } {
  const folder = mkdtempSync(join(tmpdir(), "live-app-"));
  const databaseFile = join(folder, "test.db");
  new BetterSqlite3(databaseFile).close();
  const steps: LiveStep[] = [];
  const world = openLiveWorld({
    scenario: {
      routes: [
        { id: "read", method: "GET", path: "/items/:id", file: "a.ts", export: "read", role: "read" },
        { id: "tell", method: "POST", path: "/jobs/tell", file: "a.ts", export: "tell", role: "job", every: 1000 },
      ],
      databaseDelay: { costly: 0, plain: 0 },
      costly: [],
    },
    handlers: new Map<string, Handler>([
      ["read", (c) => c.json({ id: c.req.param("id") })],
      ["tell", (c) => c.body(null, 200)],
    ]),
    folder,
    databaseFile,
    observe: (step) => void steps.push(step),
  });
  onTestFinished(() => {
    world.close();
    rmSync(folder, { recursive: true });
  });
  const arrivals = (): string[] =>
    steps.flatMap((step) => (step.kind === "arrival" ? [`${step.method} ${step.path}`] : []));
  return { app: world.app, arrivals };
}
