import type { Context } from "stale-stats";
import { forgetProduct } from "./catalog-cache.ts";

const AT_ONCE = 100;

/** What was before this process started is none of its business: the cache was empty then. */
let told: number | undefined;

/** The service runs this by itself, every second. Triggers add a row to product_changes for each changed product. */
export async function handleChanges(c: Context): Promise<Response> {
  const { cache, db } = c.var;

  told ??= (await db.get<{ id: number }>("SELECT COALESCE(MAX(id), 0) AS id FROM product_changes"))?.id ?? 0;
  const changes = await db.all<{ id: number; product_id: string }>(
    "SELECT id, product_id FROM product_changes WHERE id > ? ORDER BY id LIMIT ?",
    told,
    AT_ONCE,
  );
  // First told, then crossed out: whoever dies in between leaves the row, and the next run tells it again.
  for (const change of changes) {
    await forgetProduct(cache, change.product_id);
    told = change.id;
  }

  return c.json({ handled: changes.length });
}
