import type Keyv from "keyv";

const ONE_HOUR = 60 * 60 * 1000;

export interface DatasetCounts {
  dataset_id: number;
  name: string;
  total_downloads: number;
  unique_downloaders: number;
}

export interface DatasetStatistics extends DatasetCounts {
  last_download_at: string | null;
}

interface LatestDownload {
  last_download_at: string | null;
}

/** Undefined unless both entries are there: half an answer is a miss. */
export async function readEntries(cache: Keyv, id: number): Promise<DatasetStatistics | undefined> {
  const counts = await cache.get<DatasetCounts>(countsKey(id));
  if (!counts) return undefined;
  const latest = await cache.get<LatestDownload>(latestKey(id));
  return latest && { ...counts, ...latest };
}

export async function storeEntries(cache: Keyv, statistics: DatasetStatistics): Promise<void> {
  const { last_download_at, ...counts } = statistics;
  await cache.set(countsKey(statistics.dataset_id), counts, ONE_HOUR);
  await cache.set(latestKey(statistics.dataset_id), { last_download_at }, ONE_HOUR);
}

/**
 * Every entry that a download makes untrue; a new one belongs into this list.
 */
export async function dropEntries(cache: Keyv, id: number): Promise<void> {
  await cache.deleteMany([countsKey(id), latestKey(id)]);
}

function countsKey(id: number): string {
  return `dataset_stats_${id}_counts`;
}

function latestKey(id: number): string {
  return `dataset_stats_${id}_latest`;
}
