const versions = new Map<number, number>();

export function statisticsKey(datasetId: number): string {
  return `dataset_stats_${datasetId}_v${versions.get(datasetId) ?? 1}`;
}

/** From here on the dataset's statistics are cached under a new key. */
export function startNewVersion(datasetId: number): void {
  versions.set(datasetId, (versions.get(datasetId) ?? 1) + 1);
}
