import type { Context } from "stale-stats";

const AT_ONCE = 100;

/** The service runs this by itself, every second. Triggers add a row to product_changes for each changed product. */
export async function handleChanges(c: Context): Promise<Response> {
  const { db } = c.var;

  const changes = await db.all<{ id: number; product_id: string }>(
    "SELECT id, product_id FROM product_changes WHERE handled_at IS NULL ORDER BY id LIMIT ?",
    AT_ONCE,
  );
  for (const change of changes)
    await db.run("UPDATE product_changes SET handled_at = ? WHERE id = ?", new Date().toISOString(), change.id);

  // What is handled is only in the way.
  await db.run("DELETE FROM product_changes WHERE handled_at IS NOT NULL AND id < (SELECT MAX(id) FROM product_changes)");
  return c.json({ handled: changes.length });
}
