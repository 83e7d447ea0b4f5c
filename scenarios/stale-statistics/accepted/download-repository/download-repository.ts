import type { Context } from "stale-stats";

const ONE_HOUR = 60 * 60 * 1000;

export interface DatasetStatistics {
  dataset_id: number;
  name: string;
  total_downloads: number;
  unique_downloaders: number;
  last_download_at: string | null;
}

export interface DownloadRepository {
  statistics(datasetId: number): Promise<DatasetStatistics | undefined>;
  /** Returns the id of the new download. */
  record(download: { datasetId: number; userId: number }): Promise<number>;
}

/**
 * Who reads and writes downloads goes through here, so that the cached
 * figures have one keeper.
 */
export function downloadRepository({ cache, db }: Context["var"]): DownloadRepository {
  const keyOf = (datasetId: number): string => `dataset_stats_${datasetId}`;

  async function statistics(datasetId: number): Promise<DatasetStatistics | undefined> {
    const cached = await cache.get<DatasetStatistics>(keyOf(datasetId));
    if (cached) return cached;
    const computed = await db.get<DatasetStatistics>(
      `SELECT datasets.id AS dataset_id,
              datasets.name AS name,
              (SELECT COUNT(*) FROM audit_logs WHERE dataset_id = datasets.id AND action = 'download') AS total_downloads,
              (SELECT COUNT(DISTINCT user_id) FROM audit_logs
                WHERE dataset_id = datasets.id AND action = 'download') AS unique_downloaders,
              (SELECT MAX(created_at) FROM audit_logs
                WHERE dataset_id = datasets.id AND action = 'download') AS last_download_at
         FROM datasets
        WHERE datasets.id = ?`,
      datasetId,
    );
    if (computed) await cache.set(keyOf(datasetId), computed, ONE_HOUR);
    return computed;
  }

  async function record({ datasetId, userId }: { datasetId: number; userId: number }): Promise<number> {
    const downloadedAt = new Date().toISOString();
    const inserted = await db.run(
      "INSERT INTO audit_logs (dataset_id, user_id, action, created_at) VALUES (?, ?, 'download', ?)",
      datasetId,
      userId,
      downloadedAt,
    );
    await db.run("UPDATE datasets SET last_accessed_at = ? WHERE id = ?", downloadedAt, datasetId);
    // The rows are committed; the caller answers only when the old figures
    // are gone.
    await cache.delete(keyOf(datasetId));
    return inserted.lastInsertRowid;
  }

  return { statistics, record };
}
