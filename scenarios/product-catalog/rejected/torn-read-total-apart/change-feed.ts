import type { Context } from "stale-stats";
import { forgetProduct } from "./catalog-cache.ts";

const AT_ONCE = 100;

/** The service runs this by itself, every second. Triggers add a row to product_changes for each changed product. */
export async function handleChanges(c: Context): Promise<Response> {
  const { cache, db } = c.var;

  const changes = await db.all<{ id: number; product_id: string }>(
    "SELECT id, product_id FROM product_changes WHERE handled_at IS NULL ORDER BY id LIMIT ?",
    AT_ONCE,
  );
  // First told, then crossed out: whoever dies in between leaves the row, and the next run tells it again.
  for (const change of changes) {
    await forgetProduct(cache, change.product_id);
    await db.run("UPDATE product_changes SET handled_at = ? WHERE id = ?", new Date().toISOString(), change.id);
  }

  return c.json({ handled: changes.length });
}
