import type { Context } from "stale-stats";
import { forgetProduct } from "./catalog-cache.ts";

const AT_ONCE = 100;

/** The service runs this by itself, every second. Triggers add a row to product_changes for each changed product. */
export async function handleChanges(c: Context): Promise<Response> {
  const { cache, db } = c.var;

  const products = await db.all<{ product_id: string; newest: number }>(
    `SELECT product_id, MAX(id) AS newest FROM product_changes
      WHERE handled_at IS NULL GROUP BY product_id ORDER BY newest LIMIT ?`,
    AT_ONCE,
  );
  // Up to the newest that was seen: a change that comes in meanwhile has not been told.
  for (const { product_id, newest } of products) {
    await forgetProduct(cache, product_id);
    await db.run(
      "UPDATE product_changes SET handled_at = ? WHERE product_id = ? AND id <= ? AND handled_at IS NULL",
      new Date().toISOString(),
      product_id,
      newest,
    );
  }

  await clearTable(c);
  return c.json({ handled: products.length });
}

/** No key is made of these numbers. The newest row stays, so that the next change gets a number of its own. */
async function clearTable(c: Context): Promise<void> {
  await c.var.db.run(
    "DELETE FROM product_changes WHERE handled_at IS NOT NULL AND id < (SELECT MAX(id) FROM product_changes)",
  );
}
