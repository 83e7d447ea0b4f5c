import type { Context } from "stale-stats";

const ONE_HOUR = 60 * 60 * 1000;
/**
 * Longer than any load takes; a reader that crashes blocks nobody for longer.
 */
const LEASE = 200;

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

  // Taken before the figures are loaded, so that a download during the load
  // can revoke it.
  const lease = crypto.randomUUID();
  await cache.set(`dataset_lease_${id}`, lease, LEASE);

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

  // Somebody else's lease, or none: our figures may be old. They are good
  // enough for this answer, not for the next hour.
  const holder = await cache.get<string>(`dataset_lease_${id}`);
  if (holder === lease) await cache.set(cacheKey, statistics, ONE_HOUR);
  return c.json(statistics);
}
