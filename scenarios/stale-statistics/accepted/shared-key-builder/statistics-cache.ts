import type Keyv from "keyv";

/** The one place that knows the key: reader and writer cannot drift apart. */
export function statisticsKey(datasetId: number): string {
  return `dataset_stats_${datasetId}`;
}

/**
 * Call after the commit of anything that changes a dataset's downloads, and
 * await it before answering.
 */
export async function forgetStatistics(cache: Keyv, datasetId: number): Promise<void> {
  await cache.delete(statisticsKey(datasetId));
}
