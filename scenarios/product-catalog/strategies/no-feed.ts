import type { Context } from "stale-stats";

/** Nobody hears here of what other programs write: that is what these strategies are compared in, among other things. */
export function handleChanges(c: Context): Response {
  return c.json({ handled: 0 });
}
