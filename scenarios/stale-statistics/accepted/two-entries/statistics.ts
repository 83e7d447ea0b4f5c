import type { Context } from "stale-stats";
import { readEntries, storeEntries } from "./statistics-entries.ts";
import type { DatasetStatistics } from "./statistics-entries.ts";

/** GET /datasets/:id/statistics */
export async function getDatasetStatistics(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = Number(c.req.param("id"));

  const cached = await readEntries(cache, id);
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

  await storeEntries(cache, statistics);
  return c.json(statistics);
}
