export interface DatasetStatistics {
  dataset_id: number;
  name: string;
  total_downloads: number;
  unique_downloaders: number;
  last_download_at: string | null;
}

/** Fills under way, by dataset: readers who come meanwhile share them. */
export const fills: Map<number, Promise<DatasetStatistics | undefined>> = new Map();
