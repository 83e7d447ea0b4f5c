/**
 * Entry of the process that explores: handlers, gate, SQLite, cache and checker together, at full speed.
 * Whatever it says can only fail a fix; the confirm run decides whether one passes.
 */
import { check, findingReplays, replayToken, seedOfToken } from "../checker/index.ts";
import { WorkshopError } from "../errors.ts";
import { createExplorerOpener, startStopwatch } from "../runner/index.ts";
import { loadScenario } from "../scenario/index.ts";
import type { CastShape, Run, Scenario } from "../vocabulary.ts";
import { resolveBareImport } from "./bare-imports.ts";
import { installationError, isInstallation } from "./failed-start.ts";
import {
  type ExploreMessage,
  type ExploreOrder,
  type LoadOrder,
  type ToExplorer,
  type WarmOrder,
  WARMING,
} from "./explore-message.ts";
import { STORY_SEED, storyScenario } from "./story-count.ts";

const WALL_CLOCK = 60_000;

// Handlers are refused `process.send`, and `_send`, which it goes through.
const line = Object.create(process, { _send: { value: Reflect.get(process, "_send") } }) as NodeJS.Process;
const send = process.send?.bind(line);
const say = (message: ExploreMessage): void => void send?.(message);
const leave = process.exit.bind(process);

let opener: ReturnType<typeof createExplorerOpener> | null = null;
let warming: Promise<void> = Promise.resolve();
let ordered = false;

process.once("disconnect", () => leave(0));
process.on("message", hear);

function hear(order: ToExplorer): void {
  if (order.kind === "warm") {
    warming = warm(order);
    return;
  }
  if (order.kind === "load") {
    ordered = true;
    warming = warming.then(() => load(order)).catch(() => {}); // whoever is ordered to play them comes upon it again
    return;
  }
  process.off("message", hear); // a handler could emit one, for other handlers than its own
  ordered = true;
  warming.then(() => explore(order)).then(say, (error: unknown) => say(complaint(error)));
}

/** Until there is nothing left to compile, or somebody waits. */
async function warm(order: WarmOrder): Promise<void> {
  const scenario = await loadScenario(order);
  const explorer = await open({ folder: order.folder, scenario });
  if ("fault" in explorer) return;
  const { run, shape } = explorer;
  for (const seed of ["warm/0", "warm/1", "warm/2", "warm/3", "warm/4"]) {
    if (!ordered) await check({ scenario, shape, run, seed, ...WARMING, expired: () => ordered });
  }
  say({ kind: "warm" });
}

async function load(order: LoadOrder): Promise<void> {
  await open({ folder: order.folder, scenario: await loadScenario(order) });
}

function open(at: { folder: string; scenario: PlayedScenario }): ReturnType<NonNullable<typeof opener>> {
  opener ??= createExplorerOpener({ schema: at.scenario.schema, resolve: resolveBareImport });
  return opener({ ...at, onLife: () => say({ kind: "alive" }) });
}

async function explore(order: ExploreOrder): Promise<ExploreMessage> {
  const opened = await openOrdered(order);
  if ("kind" in opened) return opened;
  const { scenario, explorer } = opened;
  if ("fault" in explorer) return { kind: "fault", fault: explorer.fault };
  say({ kind: "ready" });
  const { run } = explorer;
  const message =
    order.replay === undefined
      ? await checkAll({ order, scenario, shape: explorer.shape, run })
      : await replay({ order, scenario, shape: explorer.shape, run });
  const fault = explorer.disturbance();
  return fault === null ? message : { kind: "fault", fault };
}

type PlayedScenario = Parameters<ReturnType<typeof createExplorerOpener>>[0]["scenario"];
type Opened = { readonly scenario: Scenario; readonly explorer: Awaited<ReturnType<typeof open>> };

/** What goes wrong here is never the handlers' doing: theirs comes back as a fault. */
async function openOrdered(order: ExploreOrder): Promise<Opened | ExploreMessage> {
  try {
    const scenario = await loadScenario(order);
    say({ kind: "alive" }); // the last word before the first handler is loaded
    return { scenario, explorer: await open({ folder: order.folder, scenario: playedIn(order, scenario) }) };
  } catch (error) {
    if (!isInstallation(error)) throw error;
    const { message, hint } = installationError(error);
    return { kind: "unusable", message: `${message}\n${hint}` };
  }
}

/** A token that was made over the story's data is played over it. */
function playedIn({ replay: asked }: ExploreOrder, scenario: Scenario): PlayedScenario {
  return asked !== undefined && seedOfToken(asked.token) === STORY_SEED ? storyScenario(scenario) : scenario;
}

interface Checking {
  readonly order: ExploreOrder;
  readonly scenario: Scenario;
  readonly shape: Omit<CastShape, "changes">;
  readonly run: Run;
}

async function checkAll(checking: Checking): Promise<ExploreMessage> {
  const { order, ...subject } = checking;
  const elapsed = startStopwatch();
  const onFound = (): void => say({ kind: "found" });
  const onShrunk = (token: string): void => say({ kind: "shrunk", token });
  const verdict = await check({
    ...subject,
    onFound,
    onShrunk,
    expired: () => elapsed() > WALL_CLOCK,
    ...order.settings,
  });
  return { kind: "verdict", verdict };
}

/** In a fresh process: a finding that does not show again, as often as asked, does not count. */
async function replay({ order, scenario, shape, run }: Checking): Promise<ExploreMessage> {
  const { token, told } = order.replay ?? { token: "", told: true };
  if (told) return { kind: "replayed", verdict: await replayToken({ scenario, token, run, shape }) };
  return { kind: "reproduced", reproduced: await findingReplays({ scenario, token, run, times: 2 }) };
}

function complaint(error: unknown): ExploreMessage {
  if (error instanceof WorkshopError)
    return { kind: "refused", error: { code: error.code, message: error.message, hint: error.hint } };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: "bug", message, stack: stack ?? "" };
}
