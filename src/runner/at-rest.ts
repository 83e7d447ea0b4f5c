/** When handlers in this process can go on no further by themselves. */
import { nextTick } from "node:process";
import { realTurn } from "./real-turn.ts";

/**
 * A tick that a microtask asks for runs when the queue of microtasks is empty: whatever was resumed has come as far
 * as it can. Without the first `await`, a caller outside of microtasks would be answered before they have run.
 * `turn`: after one turn of the real event loop.
 */
export async function atRest(mode: "rest" | "turn"): Promise<void> {
  await (mode === "rest" ? Promise.resolve() : realTurn());
  await new Promise<void>((resolve) => nextTick(resolve));
}
