/** A lock that is handed on in the order in which it was asked for. Knows nothing of what it guards. */

export interface FairQueue {
  /** Resolves with the function that gives the lock back; calling it twice does no harm. */
  enter(): Promise<() => void>;
}

export function createFairQueue(): FairQueue {
  let last: Promise<void> = Promise.resolve();
  return {
    enter: async () => {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      return resolve;
    },
  };
}
