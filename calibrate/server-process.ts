/**
 * Entry of one server: mounts the handlers of a folder on a real port, over a shared SQLite file and a shared Redis.
 * Takes an order over IPC and says on which port it listens. Jobs have no port: each further order runs them once. It is
 * ended from outside.
 */
import { flushCompileCache } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { live } from "../src/runner/index.ts";
import { loadScenario } from "../src/scenario/index.ts";
import type { Random, Scenario } from "../src/vocabulary.ts";
import { openRedisCache } from "./redis-cache.ts";
import { seededRandom } from "./seeded-random.ts";
import type { JobsOrder, ServerMessage, ServerOrder } from "./server-message.ts";

/** Milliseconds a statement may take. A scenario's own delays are for people to see; here they only have to differ. */
const SLOWEST = { costly: 6, plain: 2 };
/** One statement in so many may take longer by this factor: whoever is that late meets what others do meanwhile. */
const STRAGGLERS = { oneIn: 6, slower: 5 };

process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));
live.endWithParent(process.ppid);
process.once("message", (order) => {
  listen(order as ServerOrder).then(tell, (error: unknown) => tell({ kind: "fault", message: String(error) }));
});

async function listen(order: ServerOrder): Promise<ServerMessage> {
  const scenario = await loadScenario(order);
  const loaded = await live.loadHandlers({
    ...order,
    routes: scenario.routes,
    node: process.execPath,
    onLoading: () => undefined,
  });
  if (!loaded.ok) return { kind: "fault", message: loaded.fault.message };
  const random = seededRandom(order.seed);
  const world = live.openLiveWorld({
    ...order,
    scenario: { ...scenario, databaseDelay: SLOWEST },
    handlers: loaded.handlers,
    observe: () => undefined,
    wait: async (longest) => sleep(random.integer(0, longest * slowness(random))),
    cache: await openRedisCache(order.redis, random),
  });
  process.on("message", ({ turn }: JobsOrder) => {
    runJobs(scenario, world).then(
      (status) => tell({ kind: "jobs-ended", turn, status }),
      (error: unknown) => tell({ kind: "fault", message: String(error) }),
    );
  });
  const { promise, resolve } = Promise.withResolvers<number>();
  serve({ fetch: world.app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => resolve(port));
  const port = await promise;
  flushCompileCache(); // whoever is killed has no other chance
  return { kind: "listening", port };
}

function slowness(random: Random): number {
  return random.integer(1, STRAGGLERS.oneIn) === 1 ? STRAGGLERS.slower : 1;
}

/** One after the other. */
async function runJobs({ routes }: Scenario, { app }: live.LiveWorld): Promise<number> {
  let status = 200;
  for (const { role, path, method } of routes) {
    if (role !== "job" || status >= 400) continue;
    ({ status } = await app.request(path, { method }));
  }
  return status;
}

function tell(message: ServerMessage): void {
  process.send?.(message);
}
