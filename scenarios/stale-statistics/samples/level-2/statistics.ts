import type { Context } from "stale-stats";

// Statistics change with every download, so keep them for a short time only
const THIRTY_SECONDS = 30 * 1000;

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
            COUNT(audit_logs.id) AS total_downloads,
            COUNT(DISTINCT audit_logs.user_id) AS unique_downloaders,
            MAX(audit_logs.created_at) AS last_download_at
       FROM datasets
       LEFT JOIN audit_logs ON audit_logs.dataset_id = datasets.id AND audit_logs.action = 'download'
      WHERE datasets.id = ?
      GROUP BY datasets.id`,
    id,
  );
  if (!statistics) return c.json({ error: "Dataset not found" }, 404);

  await cache.set(cacheKey, statistics, THIRTY_SECONDS);
  return c.json(statistics);
}
