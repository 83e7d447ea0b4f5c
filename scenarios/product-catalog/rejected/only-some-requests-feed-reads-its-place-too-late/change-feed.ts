import type { Context } from "stale-stats";
import { forgetProduct } from "./catalog-cache.ts";

const AT_ONCE = 100;

/** The service runs this by itself, every second. Triggers add a row to product_changes for each changed product. */
export async function handleChanges(c: Context): Promise<Response> {
  const { cache, db } = c.var;

  const told = (await cache.get<number>("feed:told")) ?? 0;
  const changes = await db.all<{ id: number; product_id: string }>(
    "SELECT id, product_id FROM product_changes WHERE id > ? ORDER BY id LIMIT ?",
    told,
    AT_ONCE,
  );
  // First told, then crossed out: whoever dies in between leaves the row, and the next run tells it again.
  for (const { product_id } of changes) await forgetProduct(cache, product_id);
  const last = await db.get<{ id: number }>("SELECT MAX(id) AS id FROM product_changes");
  await cache.set("feed:told", last?.id ?? told);

  return c.json({ handled: changes.length });
}
