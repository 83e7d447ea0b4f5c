import type { Context } from "stale-stats";
import { loadStatistics, ONE_HOUR } from "./statistics-query.ts";
import type { DatasetStatistics } from "./statistics-query.ts";

/** GET /datasets/:id/statistics */
export async function getDatasetStatistics(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = Number(c.req.param("id"));

  const cacheKey = `dataset_stats_${id}`;
  const cached = await cache.get<DatasetStatistics>(cacheKey);
  if (cached) return c.json(cached);

  const statistics = await loadStatistics(db, id);
  if (!statistics) return c.json({ error: "Dataset not found" }, 404);

  await cache.set(cacheKey, statistics, ONE_HOUR);
  return c.json(statistics);
}
