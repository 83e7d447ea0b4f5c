import type Keyv from "keyv";

/** Call after every write that changes a dataset's statistics. */
export function forgetStatistics(cache: Keyv, datasetId: number): void {
  cache.delete(`dataset_stats_${datasetId}`).catch(() => false);
}
