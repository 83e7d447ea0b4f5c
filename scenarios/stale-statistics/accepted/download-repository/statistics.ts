import type { Context } from "stale-stats";
import { downloadRepository } from "./download-repository.ts";

/** GET /datasets/:id/statistics */
export async function getDatasetStatistics(c: Context): Promise<Response> {
  const statistics = await downloadRepository(c.var).statistics(Number(c.req.param("id")));
  return statistics ? c.json(statistics) : c.json({ error: "Dataset not found" }, 404);
}
