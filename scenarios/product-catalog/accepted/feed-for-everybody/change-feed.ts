import type { Context } from "stale-stats";
import { tellChanges } from "./tell-changes.ts";

/** The service runs this by itself, every second. Triggers add a row to product_changes for each changed product. */
export async function handleChanges(c: Context): Promise<Response> {
  return c.json({ handled: await tellChanges(c.var) });
}
