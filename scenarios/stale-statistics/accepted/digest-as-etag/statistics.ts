import type { Context } from "stale-stats";
import { createHash } from "node:crypto";

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
  if (cached) return answer(c, cached);

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

  await cache.set(cacheKey, statistics, ONE_HOUR);
  return answer(c, statistics);
}

/** 304 for a browser that has these very figures already. */
function answer(c: Context, statistics: DatasetStatistics): Response {
  // Made from what is sent and kept nowhere: it cannot outlive the figures,
  // and both processes come to the same.
  const tag = `"${createHash("sha256").update(JSON.stringify(statistics)).digest("base64url")}"`;
  const headers = { ETag: tag };
  return holds(c, tag) ? c.body(null, 304, headers) : c.json(statistics, 200, headers);
}

/** A browser may hold several, and a proxy that compresses makes them weak. */
function holds(c: Context, tag: string): boolean {
  const sent = c.req.header("If-None-Match") ?? "";
  return sent.split(",").some((one) => one.trim().replace(/^W\//, "") === tag);
}
