import type { Database } from "stale-stats";

export const ONE_HOUR: number = 60 * 60 * 1000;

export interface DatasetStatistics {
  dataset_id: number;
  name: string;
  total_downloads: number;
  unique_downloaders: number;
  last_download_at: string | null;
}

/** The costly part, in one place for everybody who needs the figures. */
export async function loadStatistics(db: Database, id: number): Promise<DatasetStatistics | undefined> {
  return db.get<DatasetStatistics>(
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
}
