/**
 * Entry of the process that runs the participant's handlers live: one order in, progress and one record out, over IPC.
 * Whatever the handlers do to it ends as a fault with a place. Must not touch the workshop's own files.
 */
import { WorkshopError } from "../errors.ts";
import { live } from "../runner/index.ts";
import { loadScenario } from "../scenario/index.ts";
import type { Handler, HandlerFault, RequestSpec, Scenario } from "../vocabulary.ts";
import { insistOnCache, openOrderedCache } from "./cache-order.ts";
import { installationError, isInstallation } from "./failed-start.ts";
import type { LiveMessage, LiveOrder } from "./demonstrate-problem-message.ts";

let finished = false;

process.once("disconnect", () => process.kill(process.pid, "SIGKILL")); // the command is gone: nobody is left to tell
live.endWithParent(process.ppid); // also while the handlers never yield, when no message is read
process.once("message", (order) => {
  play(order as LiveOrder).then(finish, (error: unknown) => finish(failure(order as LiveOrder, error)));
});

async function play(order: LiveOrder): Promise<LiveMessage> {
  watchForEscapes(order);
  const scenario = await loadScenario(order);
  const loaded = await live.loadHandlers({
    ...order,
    routes: scenario.routes,
    node: process.execPath,
    onLoading: (file) => tell({ kind: "loading", file }),
  });
  if (!loaded.ok) return { kind: "fault", verdict: "crashed", fault: loaded.fault };
  return playStory(order, scenario, loaded.handlers);
}

async function playStory(
  order: LiveOrder,
  scenario: Scenario,
  handlers: ReadonlyMap<string, Handler>,
): Promise<LiveMessage> {
  const { observe, steps } = live.recordSteps();
  const { cache: cacheOrder, ...place } = order;
  const cache = await openOrderedCache(cacheOrder);
  const world = live.openLiveWorld({ ...place, ...cache, scenario, handlers, observe });
  try {
    await insistOnCache(cacheOrder, world.cache);
    const onProgress = (progress: Extract<LiveMessage, { kind: "progress" }>["progress"]): void =>
      tell({ kind: "progress", progress });
    return {
      kind: "done",
      run: await live.demonstrate({ scenario, world, steps, onProgress, patience: order.patience }),
    };
  } catch (error) {
    if (!(error instanceof live.NeverAnswered)) throw error;
    return { kind: "fault", verdict: "timed-out", fault: neverAnswered(scenario, error.request) };
  } finally {
    world.close();
  }
}

/** What ends the process or goes wrong outside a request is caught here, with the line that did it. */
function watchForEscapes({ folder }: LiveOrder): void {
  process.once("exit", (code) => {
    if (finished) return;
    const location = live.locate(new Error("exit"), folder); // the caller of process.exit is still on the stack
    tell({
      kind: "fault",
      verdict: "crashed",
      fault: { message: `The handlers ended the process (exit code ${code}).`, location },
    });
  });
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (thrown: unknown) =>
      finish({ kind: "fault", verdict: "crashed", fault: escaped(thrown, folder) }),
    );
  }
}

function escaped(thrown: unknown, folder: string): HandlerFault {
  const said = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { message: `Thrown where nobody awaits it: ${said}`, location: live.locate(thrown, folder) };
}

function neverAnswered(scenario: Scenario, request: RequestSpec): HandlerFault {
  const route = scenario.routes.find(({ id }) => id === request.route);
  const message = `${route?.export ?? "The handler"} never answered ${route?.method ?? ""} ${request.path}.`;
  return { message, location: route === undefined ? null : { file: route.file, line: 1, column: 1 } };
}

function failure({ folder }: LiveOrder, error: unknown): LiveMessage {
  if (error instanceof WorkshopError) return { kind: "environment", message: error.message, hint: error.hint };
  if (isInstallation(error) && live.locate(error, folder) === null) {
    const { message, hint } = installationError(error);
    return { kind: "environment", message, hint };
  }
  return { kind: "fault", verdict: "crashed", fault: escaped(error, folder) };
}

function tell(message: LiveMessage): void {
  process.send?.(message);
}

/** The last message: the process ends when it is on its way, whatever timers the handlers left behind. */
function finish(message: LiveMessage): void {
  if (finished) return;
  finished = true;
  if (process.send === undefined) return;
  process.send(message, () => process.kill(process.pid, "SIGKILL"));
}
