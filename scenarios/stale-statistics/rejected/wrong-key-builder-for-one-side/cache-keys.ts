function key(...parts: readonly (string | number)[]): string {
  return parts.join("-");
}

/** Every cache key of the service, in one place. */
export const cacheKeys = {
  statistics: (datasetId: number): string => key("dataset_stats", datasetId),
};
