import type { Variables } from "stale-stats";
import { forgetProduct } from "./catalog-cache.ts";

const AT_ONCE = 100;

/** Tells the cache of every change that waits, whoever made it, and gives how many there were. */
export async function tellChanges({ cache, db }: Variables): Promise<number> {
  const changes = await db.all<{ id: number; product_id: string }>(
    "SELECT id, product_id FROM product_changes WHERE handled_at IS NULL ORDER BY id LIMIT ?",
    AT_ONCE,
  );
  // First told, then crossed out: whoever dies in between leaves the row, and the next run tells it again.
  for (const change of changes) {
    await forgetProduct(cache, change.product_id);
    await db.run("UPDATE product_changes SET handled_at = ? WHERE id = ?", new Date().toISOString(), change.id);
  }
  // A hundred may not have been all of them.
  return changes.length < AT_ONCE ? changes.length : changes.length + (await tellChanges({ cache, db }));
}
