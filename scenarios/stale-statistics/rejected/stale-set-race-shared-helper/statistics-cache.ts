import type Keyv from "keyv";

const ONE_HOUR = 60 * 60 * 1000;

export interface DatasetStatistics {
  dataset_id: number;
  name: string;
  total_downloads: number;
  unique_downloaders: number;
  last_download_at: string | null;
}

export async function recallStatistics(cache: Keyv, id: number): Promise<DatasetStatistics | undefined> {
  return cache.get<DatasetStatistics>(keyOf(id));
}

export async function rememberStatistics(cache: Keyv, statistics: DatasetStatistics): Promise<void> {
  await cache.set(keyOf(statistics.dataset_id), statistics, ONE_HOUR);
}

export async function forgetStatistics(cache: Keyv, id: number): Promise<void> {
  await cache.delete(keyOf(id));
}

function keyOf(id: number): string {
  return `dataset_stats_${id}`;
}
