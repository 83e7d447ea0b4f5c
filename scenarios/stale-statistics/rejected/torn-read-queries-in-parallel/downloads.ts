import type { Context } from "stale-stats";

/** POST /datasets/:id/downloads */
export async function downloadDataset(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = Number(c.req.param("id"));

  const dataset = await db.get("SELECT id FROM datasets WHERE id = ?", id);
  if (!dataset) return c.json({ error: "Dataset not found" }, 404);

  const userId = await readUserId(c);
  if (userId === undefined) return c.json({ error: "user_id must be an integer" }, 422);

  const user = await db.get("SELECT id FROM users WHERE id = ?", userId);
  if (!user) return c.json({ error: "Unknown user" }, 422);

  const downloadedAt = new Date().toISOString();
  const download = await db.run(
    "INSERT INTO audit_logs (dataset_id, user_id, action, created_at) VALUES (?, ?, 'download', ?)",
    id,
    userId,
    downloadedAt,
  );
  await db.run("UPDATE datasets SET last_accessed_at = ? WHERE id = ?", downloadedAt, id);
  await cache.delete(`dataset_stats_${id}`);

  return c.json({ download_id: download.lastInsertRowid, dataset_id: id, user_id: userId }, 201);
}

async function readUserId(c: Context): Promise<number | undefined> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body !== "object" || body === null || !("user_id" in body)) return undefined;
  const userId = body.user_id;
  return typeof userId === "number" && Number.isSafeInteger(userId) ? userId : undefined;
}
