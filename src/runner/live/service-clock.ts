/**
 * The clock of a live service: the machine's, which can be put ahead. Dates and times to live follow it, timers do not.
 * For a process that runs one service: its `Date` is replaced for good.
 */
import { replaceDate } from "../replace-date.ts";

export interface ServiceClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** How far it is ahead of the machine's, in milliseconds. */
  ahead(): number;
  advance(milliseconds: number): void;
  /** Back to the machine's time. */
  reset(): void;
}

/** Call once, before any handler is imported. */
export function installServiceClock(): ServiceClock {
  const machine = Date.now.bind(Date);
  let ahead = 0;
  const now = (): number => machine() + ahead;
  replaceDate(now);
  return {
    now,
    ahead: () => ahead,
    advance: (milliseconds) => void (ahead += milliseconds),
    reset: () => void (ahead = 0),
  };
}
