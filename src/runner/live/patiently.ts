/** For work that may never end. */
import { setTimeout as pause } from "node:timers/promises";

/** Resolves when the work is done, or after so many milliseconds, if not Infinity. Rejects as the work does. */
export async function patiently(work: Promise<void>, patience: number): Promise<void> {
  if (patience === Infinity) return await work;
  await Promise.race([work, pause(patience, undefined, { ref: false })]);
}
