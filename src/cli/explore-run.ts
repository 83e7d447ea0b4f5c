/**
 * Talks to a process that explores: one order in, one verdict out, whatever the handlers do to that process.
 * Takes a started process and leaves it running.
 */
import { WorkshopError } from "../errors.ts";
import type { Verdict } from "../vocabulary.ts";
import type { CheckProcess } from "./check-children.ts";
import type { ExploreMessage, ExploreOrder } from "./explore-message.ts";
import { endingVerdict, type FaultContext, loadFaultVerdict, unusableVerdict } from "./fault-verdict.ts";

/** Silence after which a process counts as caught in a loop. Real milliseconds; a request may wait one second. */
export const SILENCE = 2_000;

const LAST: ReadonlySet<unknown> = new Set([
  "fault",
  "verdict",
  "replayed",
  "reproduced",
  "unusable",
  "refused",
  "bug",
]);

type LastMessage = Exclude<ExploreMessage, { kind: "alive" | "ready" | "found" | "shrunk" | "warm" }>;

/** What the exploring process says, or what its end says. */
export async function explore(context: FaultContext, explorer: CheckProcess, order: ExploreOrder): Promise<Verdict> {
  const message = await ask(explorer, order);
  if (message === null) return endingVerdict(context, await explorer.ended);
  if (message.kind === "fault") return loadFaultVerdict(context, message.fault);
  if (message.kind === "unusable") return unusableVerdict(context, message.message);
  if (message.kind === "verdict") return message.verdict;
  throw complaint(message);
}

/** The last message of an order, or null when the process ended before it came. */
function ask(explorer: CheckProcess, order: ExploreOrder): Promise<LastMessage | null> {
  return new Promise((resolve) => {
    explorer.onMessage((message) => {
      const said = message as ExploreMessage | null;
      if (said === null || !LAST.has(said.kind)) return; // signs of life, and whatever a handler makes up
      explorer.expectWord(null);
      resolve(said as LastMessage);
    });
    explorer.ended.then(
      () => resolve(null),
      () => resolve(null),
    );
    explorer.send(order);
    explorer.expectWord(SILENCE);
  });
}

/** One recorded story, told. */
export async function replay(context: FaultContext, explorer: CheckProcess, order: ExploreOrder): Promise<Verdict> {
  const message = await ask(explorer, order);
  if (message === null) return endingVerdict(context, await explorer.ended);
  if (message.kind === "fault") return loadFaultVerdict(context, message.fault);
  if (message.kind === "unusable") return unusableVerdict(context, message.message);
  if (message.kind === "replayed") return message.verdict;
  throw complaint(message);
}

/** Whether the failure shows again; false also where the process cannot say so. */
export async function reproduces(explorer: CheckProcess, order: ExploreOrder): Promise<boolean> {
  const message = await ask(explorer, order);
  if (message?.kind === "refused" || message?.kind === "bug") throw complaint(message);
  return message?.kind === "reproduced" && message.reproduced;
}

function complaint(message: LastMessage): Error {
  if (message.kind === "refused") return new WorkshopError(message.error);
  return new Error(message.kind === "bug" ? `${message.message}\n${message.stack}` : `unexpected ${message.kind}`);
}
