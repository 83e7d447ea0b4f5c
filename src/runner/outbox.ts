/** Collects an Activity while handlers run. */
import type { Activity, Answer, HandlerError, PendingEffect, PendingTimer } from "./effect.ts";

/** What handlers have asked for, done and said since it was last taken. */
export interface Outbox extends Activity {
  readonly effects: PendingEffect[];
  readonly timers: PendingTimer[];
  readonly clearedTimers: number[];
  readonly answers: Answer[];
  readonly errors: { actor: number; error: HandlerError }[];
}

export function emptyOutbox(): Outbox {
  return { effects: [], timers: [], clearedTimers: [], answers: [], errors: [] };
}

/** Whoever was let go on asked for nothing, and nobody was answered. */
export function isNothing({ effects, timers, clearedTimers, answers, errors }: Activity): boolean {
  return [effects, timers, clearedTimers, answers, errors].every(({ length }) => length === 0);
}
