/**
 * When the viewer looks: on demand, with patience, and once when somebody opens a page and nobody has looked yet.
 * Takes the viewer; asks nothing itself.
 */
import { patiently } from "./patiently.ts";
import { unawaited } from "./unawaited.ts";
import type { Viewer } from "./viewer.ts";

export interface Looks {
  /** Resolves when it is answered, or after `patience`. */
  now(): Promise<void>;
  /**
   * Who opens a page sees what the viewer sees. Not before: whoever tries the service by hand finds an empty cache.
   */
  visited(): void;
}

/** `patience`: milliseconds; `afterwards`: called after each look. */
export function createLooks(parts: {
  viewer: Pick<Viewer, "seen" | "look">;
  patience: number;
  afterwards: () => void;
}): Looks {
  const { viewer, patience, afterwards } = parts;
  let first: Promise<void> | null = null;
  const now = async (): Promise<void> => {
    await patiently(viewer.look(), patience);
    afterwards();
  };
  return {
    now,
    visited: () => {
      if (viewer.seen !== null || first !== null) return;
      first = now().finally(() => void (first = null));
      unawaited(first);
    },
  };
}
