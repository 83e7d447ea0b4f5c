import type Keyv from "keyv";

const DELAY = 500;

/** Leaves bursts of downloads time to settle, so that the dashboard is not recomputed for each of them. */
export function invalidateSoon(cache: Keyv, key: string): void {
  setTimeout(() => void cache.delete(key), DELAY);
}
