/** Real time: taken before handlers are loaded, because afterwards the clock of their process is virtual. */
import { performance } from "node:perf_hooks";

const realNow = performance.now.bind(performance);

/** Milliseconds since the call. */
export function startStopwatch(): () => number {
  const start = realNow();
  return () => realNow() - start;
}
