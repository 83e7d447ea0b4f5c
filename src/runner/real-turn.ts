/**
 * One turn of the real event loop. The function is kept by value while this file loads: an import of `setImmediate`
 * follows its module, and would become virtual with it.
 */
import timers from "node:timers";

const nextTurn = timers.setImmediate;

export function realTurn(): Promise<void> {
  return new Promise((resolve) => void nextTurn(resolve));
}
