import type { Context } from "stale-stats";
import { withinLimit } from "./patient-cache.ts";

const ONE_HOUR = 60 * 60 * 1000;

interface DatasetStatistics {
  dataset_id: number;
  name: string;
  total_downloads: number;
  unique_downloaders: number;
  last_download_at: string | null;
}

interface StampedStatistics {
  version: string | null;
  statistics: DatasetStatistics;
}

/** GET /datasets/:id/statistics */
export async function getDatasetStatistics(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = Number(c.req.param("id"));

  // Read before the figures are loaded: what they may have missed, the stamp
  // has missed as well.
  const dataset = await db.get<{ version: string | null }>(
    "SELECT last_accessed_at AS version FROM datasets WHERE id = ?",
    id,
  );
  if (!dataset) return c.json({ error: "Dataset not found" }, 404);

  const cacheKey = `dataset_stats_${id}`;
  const entry = await withinLimit(cache.get<StampedStatistics>(cacheKey));
  if (entry && entry.version === dataset.version) return c.json(entry.statistics);

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

  const stamped: StampedStatistics = { version: dataset.version, statistics };
  await withinLimit(cache.set(cacheKey, stamped, ONE_HOUR));
  return c.json(statistics);
}
