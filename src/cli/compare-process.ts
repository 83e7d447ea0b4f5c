/**
 * Entry of the process that plays the same traffic under each strategy, one after the other: one order in, progress and
 * the figures out, over IPC. Time in it is virtual from the first strategy on.
 */
import { join } from "node:path";
import { live } from "../runner/index.ts";
import { loadScenario } from "../scenario/index.ts";
import type { ComparedTraffic, Scenario, StrategyRun } from "../vocabulary.ts";
import type { CompareMessage, CompareOrder } from "./compare-message.ts";

const MINUTE = 60_000;

let underWay: string | null = null;

process.once("disconnect", () => process.kill(process.pid, "SIGKILL")); // the command is gone: nobody is left to tell
live.endWithParent(process.ppid);
for (const event of ["uncaughtException", "unhandledRejection"] as const) process.on(event, fail);
process.once("message", (order) => {
  compare(order as CompareOrder).then((runs) => tell({ kind: "done", runs }), fail);
});

async function compare(order: CompareOrder): Promise<StrategyRun[]> {
  const scenario = await loadScenario(order);
  const { traffic } = scenario;
  if (traffic === undefined) throw new Error("The scenario says nothing of its traffic.");
  const time = live.installVirtualTime();
  live.serving.redirectBareImports(order);
  const plan = live.planTraffic({
    traffic: { ...traffic, minutes: order.minutes } satisfies ComparedTraffic,
    seed: order.seed,
  });
  const runs: StrategyRun[] = [];
  for (const strategy of order.strategies) {
    underWay = strategy.name;
    const handlers = await handlersOf(order, { scenario, name: strategy.name });
    const length = order.minutes * MINUTE;
    const onProgress = (share: number): void => tell({ kind: "progress", strategy: strategy.name, share });
    runs.push(await live.playTraffic({ ...strategy, ...handlers, scenario, time, plan, length, onProgress }));
  }
  return runs;
}

async function handlersOf(
  { home, kit }: CompareOrder,
  { scenario, name }: { scenario: Scenario; name: string },
): Promise<Pick<Parameters<typeof live.playTraffic>[0], "handlers" | "folder">> {
  const folder = join(home, name);
  const onLoading = (): void => tell({ kind: "progress", strategy: name, share: 0 });
  const { routes } = scenario;
  const loaded = await live.serving.importHandlers({ folder, routes, kit, node: process.execPath, onLoading });
  if (!loaded.ok) throw new Error(loaded.fault.message);
  return { handlers: loaded.handlers, folder };
}

function fail(thrown: unknown): void {
  tell({ kind: "failed", strategy: underWay, message: thrown instanceof Error ? thrown.message : String(thrown) });
}

function tell(message: CompareMessage): void {
  process.send?.(message, undefined, undefined, () => {
    if (message.kind !== "progress") process.kill(process.pid, "SIGKILL"); // whatever timers handlers left behind
  });
}
