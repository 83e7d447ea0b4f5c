import type { Context } from "stale-stats";
import { forgetProduct } from "./catalog-cache.ts";

/** The service runs this by itself, every second. Triggers add a row to product_changes for each changed product. */
export async function handleChanges(c: Context): Promise<Response> {
  const { cache, db } = c.var;

  const changes = await db.all<{ id: number; product_id: string }>(
    "DELETE FROM product_changes WHERE handled_at IS NULL RETURNING id, product_id",
  );
  for (const change of changes) {
    await forgetProduct(cache, change.product_id);
  }

  return c.json({ handled: changes.length });
}
