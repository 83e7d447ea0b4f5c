interface CachedStatistics {
  readonly datasetId: number;
  readonly cachedAt: number;
}

/** Statistics that are currently cached, by dataset. */
const statisticsCache = new Map<number, CachedStatistics>();

export function invalidateStatistics(datasetId: number): void {
  statisticsCache.delete(datasetId);
}
