/** What lies in a cache, as of the last look: for who must be answered at once. Takes a way to look. */
import type { CacheEntry } from "../../../vocabulary.ts";

export interface Listing {
  entries(): CacheEntry[];
  refresh(): Promise<void>;
  /** Something is different: a look is worth its while. */
  changed(): void;
  stop(): void;
}

/** Milliseconds until a look that a change, or somebody who asked, has brought about. */
const SOON = 200;

/** Looks after each change, and after each time somebody asked: who asks again and again is up to date. */
export function createListing(list: () => Promise<CacheEntry[]>): Listing {
  let known: CacheEntry[] = [];
  let timer: NodeJS.Timeout | null = null;
  const look = async (): Promise<void> => {
    known = await list().catch(() => []);
    timer = null;
  };
  const lookSoon = (): void => {
    timer ??= setTimeout(() => {
      look().catch(() => undefined); // it never rejects
    }, SOON).unref();
  };
  return {
    entries: () => {
      lookSoon();
      return known;
    },
    refresh: look,
    changed: lookSoon,
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
