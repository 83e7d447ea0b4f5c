const dirty = new Set<number>();

/** The dataset's cached statistics must not be served any more. */
export function markDirty(datasetId: number): void {
  dirty.add(datasetId);
}

/** Tells whether the dataset was marked, and takes the mark away. */
export function takeDirty(datasetId: number): boolean {
  return dirty.delete(datasetId);
}
