/**
 * Entry of the process that judges the confirm run: it starts the two that hold the handlers, and holds none itself. It
 * is a process of its own because SQLite runs here what handlers ask for, and a statement may never come to its end.
 */
import { startStopwatch } from "../runner/index.ts";
import { loadScenario } from "../scenario/index.ts";
import type { Verdict } from "../vocabulary.ts";
import { type CheckProcess, startProcess } from "./check-children.ts";
import { type Confirmation, confirmRun } from "./confirm-run.ts";
import { type WarmOrder, WARMING } from "./explore-message.ts";
import type { FromJudge, ToJudge } from "./judge-message.ts";

const say = (message: FromJudge): void => void process.send?.(message);
const claim = Promise.withResolvers<Verdict["stars"]>();

type Children = readonly [CheckProcess, CheckProcess];

let started: Children | null = null;
const everStarted: CheckProcess[] = [];
let warming: Promise<unknown> = Promise.resolve();

say({ kind: "alive" });
process.once("disconnect", () => process.exit(0));
process.on("message", (message: ToJudge) => {
  if (message.kind === "claimed") claim.resolve(message.stars);
  else if (message.kind === "warm") warming = warm(message);
  else
    judge(message).then(
      (confirmation) => say({ kind: "confirmation", confirmation }),
      (error: unknown) =>
        say({ kind: "bug", stack: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
});

async function judge(order: Extract<ToJudge, { kind: "confirm" }>): Promise<Confirmation> {
  const children = childrenOf(order);
  const scenario = await loadScenario(order);
  await warming;
  const { folder, settings } = order;
  const claimed = (): Promise<Verdict["stars"]> => {
    say({ kind: "waiting" });
    return claim.promise;
  };
  try {
    return await confirmRun({ scenario, settings, folder, children, fresh: () => start(order.root), claimed, onLife });
  } finally {
    for (const child of everStarted) child.stop();
  }
}

/** Real milliseconds. A child reports thousands of times, and whoever hears of it has a processor to share with us. */
const LIFE_EVERY = 50;
let since = startStopwatch();

function onLife(): void {
  if (since() < LIFE_EVERY) return;
  since = startStopwatch();
  say({ kind: "alive" });
}

function childrenOf({ root }: { root: string }): Children {
  started ??= start(root);
  return started;
}

function start(root: string): Children {
  const children: Children = [startProcess(root, "confirm"), startProcess(root, "confirm")];
  everStarted.push(...children);
  return children;
}

/** A whole confirm run whose outcome does not matter: afterwards everything is loaded and compiled. */
async function warm(order: WarmOrder): Promise<void> {
  const children = childrenOf(order);
  const scenario = await loadScenario(order);
  const claimed = (): Promise<Verdict["stars"]> => Promise.resolve(2);
  const settings = { seed: "warm", ...WARMING };
  const fresh = (): Children => start(order.root);
  await confirmRun({ scenario, settings, folder: order.folder, children, fresh, claimed, onLife });
  say({ kind: "warm" });
}
