import type { Context } from "stale-stats";

const ONE_HOUR = 60 * 60 * 1000;

interface DatasetStatistics {
  dataset_id: number;
  name: string;
  total_downloads: number;
  unique_downloaders: number;
  last_download_at: string | null;
}

/** GET /datasets/:id/statistics */
export async function getDatasetStatistics(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = Number(c.req.param("id"));

  const cacheKey = `dataset_stats_${id}`;
  const cached = await cache.get<DatasetStatistics>(cacheKey);
  if (cached) return c.json(cached);

  const statistics = await db.get<DatasetStatistics>(
    `SELECT datasets.id AS dataset_id,
            datasets.name AS name,
            (SELECT COUNT(*) FROM audit_logs WHERE dataset_id = datasets.id AND action = 'download') AS total_downloads,
            (SELECT COUNT(DISTINCT user_id) FROM audit_logs
              WHERE dataset_id = datasets.id AND action = 'download') AS unique_downloaders,
            (SELECT MAX(created_at) FROM audit_logs
              WHERE dataset_id = datasets.id AND action = 'download') AS last_download_at
       FROM datasets
      WHERE datasets.id = ?`,
    id,
  );
  if (!statistics) return c.json({ error: "Dataset not found" }, 404);

  // The dashboard first; the cache has time.
  setTimeout(() => void cache.set(cacheKey, statistics, ONE_HOUR), 0);
  return c.json(statistics);
}
