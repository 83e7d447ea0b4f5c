/** When handlers in this process can go on no further by themselves. */
import { nextTick } from "node:process";
import type { OutsideWork } from "./outside-work.ts";
import { realTurn } from "./real-turn.ts";
import { startStopwatch } from "./stopwatch.ts";

export type AtRest = (mode: "rest" | "turn") => Promise<void>;

/** Real milliseconds for work outside. What takes longer is left to whoever plays: nobody is told to wait for it. */
const OUTSIDE_WORK = 500;

/** `turn`: after one turn of the real event loop, at least. */
export function createAtRest(outside: OutsideWork): AtRest {
  return async (mode) => {
    if (mode === "turn") await realTurn();
    await untilMicrotasksEnd();
    if (!outside.isUnderWay()) return;
    const waited = startStopwatch();
    while (outside.isUnderWay() && waited() < OUTSIDE_WORK) await realTurn();
    await untilMicrotasksEnd();
  };
}

/**
 * A tick that a microtask asks for runs when the queue of microtasks is empty: whatever was resumed has come as far
 * as it can. Without the first `await`, a caller outside of microtasks would be answered before they have run.
 */
async function untilMicrotasksEnd(): Promise<void> {
  await Promise.resolve();
  await new Promise<void>((resolve) => nextTick(resolve));
}
