import type { Transaction } from "stale-stats";
import type Keyv from "keyv";

export interface Download {
  id: number;
  userId: number;
  downloadedAt: string;
}

/** Everything that one download changes: the log, the dataset, the cached figures. Gives the new row's id. */
export async function recordDownload(tx: Transaction, cache: Keyv, download: Download): Promise<number> {
  const { id, userId, downloadedAt } = download;
  const inserted = await tx.run(
    "INSERT INTO audit_logs (dataset_id, user_id, action, created_at) VALUES (?, ?, 'download', ?)",
    id,
    userId,
    downloadedAt,
  );
  await tx.run("UPDATE datasets SET last_accessed_at = ? WHERE id = ?", downloadedAt, id);
  await cache.delete(`dataset_stats_${id}`);
  return inserted.lastInsertRowid;
}
