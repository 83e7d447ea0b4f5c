/**
 * Timers that modules start while they are loaded: one that keeps a cache warm, one that sweeps a map. They belong to no
 * request and to no world, so each world starts them anew, and lets them fire once.
 */
import type { TimerControls } from "./virtual-timers.ts";

export interface ImportTimer {
  /** Below 0: those of a world count from 0. */
  readonly id: number;
  readonly delay: number;
  readonly repeats: boolean;
  readonly run: () => void;
  /** The stack when it was started. */
  readonly origin: string | undefined;
}

export interface ImportTimers extends TimerControls {
  start(timer: Omit<ImportTimer, "id" | "origin">): number;
  /** Those that were started since it was last asked, and not cleared. */
  take(): ImportTimer[];
}

export function createImportTimers(): ImportTimers {
  const waiting = new Map<number, ImportTimer>();
  let started = 0;
  return {
    start: (timer) => {
      started += 1;
      waiting.set(-started, { ...timer, id: -started, origin: new Error("origin").stack });
      return -started;
    },
    clear: (id) => void waiting.delete(id),
    take: () => {
      const taken = [...waiting.values()];
      waiting.clear();
      return taken;
    },
  };
}
