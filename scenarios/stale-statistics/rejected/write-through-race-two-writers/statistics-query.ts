import type { Database } from "stale-stats";

export const ONE_HOUR: number = 60 * 60 * 1000;

export interface DatasetStatistics {
  dataset_id: number;
  name: string;
  total_downloads: number;
  unique_downloaders: number;
  last_download_at: string | null;
}

export async function loadStatistics(db: Pick<Database, "get">, id: number): Promise<DatasetStatistics | undefined> {
  return db.get<DatasetStatistics>(
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
}
