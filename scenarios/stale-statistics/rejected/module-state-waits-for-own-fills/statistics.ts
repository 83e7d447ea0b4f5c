import type { Context } from "stale-stats";
import { fills } from "./statistics-fills.ts";
import type { DatasetStatistics } from "./statistics-fills.ts";

const ONE_HOUR = 60 * 60 * 1000;

/** GET /datasets/:id/statistics */
export async function getDatasetStatistics(c: Context): Promise<Response> {
  const id = Number(c.req.param("id"));

  const cached = await c.var.cache.get<DatasetStatistics>(`dataset_stats_${id}`);
  if (cached) return c.json(cached);

  const statistics = await (fills.get(id) ?? startFill(c, id));
  return statistics ? c.json(statistics) : c.json({ error: "Dataset not found" }, 404);
}

function startFill(c: Context, id: number): Promise<DatasetStatistics | undefined> {
  const started = fill(c, id).finally(() => fills.delete(id));
  fills.set(id, started);
  return started;
}

async function fill(c: Context, id: number): Promise<DatasetStatistics | undefined> {
  const { cache, db } = c.var;
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
  if (statistics) await cache.set(`dataset_stats_${id}`, statistics, ONE_HOUR);
  return statistics;
}
