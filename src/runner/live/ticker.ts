/** Calls something again and again in real time, for rooms that have no timers of their own. */

/** Gives the function that ends it. It keeps no process alive. */
export function startTicker(milliseconds: number, tick: () => void): () => void {
  const timer = setInterval(tick, milliseconds);
  timer.unref();
  return () => clearInterval(timer);
}
