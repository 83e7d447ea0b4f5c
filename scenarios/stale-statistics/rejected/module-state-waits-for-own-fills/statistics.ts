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
            COUNT(audit_logs.id) AS total_downloads,
            COUNT(DISTINCT audit_logs.user_id) AS unique_downloaders,
            MAX(audit_logs.created_at) AS last_download_at
       FROM datasets
       LEFT JOIN audit_logs ON audit_logs.dataset_id = datasets.id AND audit_logs.action = 'download'
      WHERE datasets.id = ?
      GROUP BY datasets.id`,
    id,
  );
  if (statistics) await cache.set(`dataset_stats_${id}`, statistics, ONE_HOUR);
  return statistics;
}
