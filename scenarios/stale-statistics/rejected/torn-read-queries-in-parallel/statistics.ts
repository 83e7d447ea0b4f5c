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

  const dataset = await db.get<{ name: string }>("SELECT name FROM datasets WHERE id = ?", id);
  if (!dataset) return c.json({ error: "Dataset not found" }, 404);
  const where = "FROM audit_logs WHERE dataset_id = ? AND action = 'download'";
  const [total, people, last] = await Promise.all([
    db.get<{ n: number }>(`SELECT COUNT(*) AS n ${where}`, id),
    db.get<{ n: number }>(`SELECT COUNT(DISTINCT user_id) AS n ${where}`, id),
    db.get<{ at: string | null }>(`SELECT MAX(created_at) AS at ${where}`, id),
  ]);
  const statistics: DatasetStatistics = {
    dataset_id: id,
    name: dataset.name,
    total_downloads: total?.n ?? 0,
    unique_downloaders: people?.n ?? 0,
    last_download_at: last?.at ?? null,
  };

  await cache.set(cacheKey, statistics, ONE_HOUR);
  return c.json(statistics);
}
