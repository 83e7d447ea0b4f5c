/** Which rung of which ladder comes next, from what happened so far. Pure; knows no words of any hint. */
import type { AttemptRecord, Cause, ProgressEvent, Rung } from "../vocabulary.ts";

export interface HintChoice {
  readonly cause: Cause;
  readonly rung: Rung;
  /** The check that named the cause; null: nothing was checked yet, and it is the starter's. */
  readonly after: AttemptRecord | null;
}

interface Past {
  readonly attempts: readonly AttemptRecord[];
  readonly events: readonly ProgressEvent[];
  readonly starterCause: Cause;
}

/** The check that says how things stand: the last of the working copy, since a reset, that passed or has a cause. */
export function lastVerdict({ attempts, events }: Pick<Past, "attempts" | "events">): AttemptRecord | null {
  const reset = events.findLast(({ kind }) => kind === "reset")?.at ?? "";
  const says = ({ attempt, verdict, cause, at }: AttemptRecord): boolean =>
    attempt === null && (verdict === "pass" || cause !== null) && at >= reset; // ISO times sort as texts
  return attempts.findLast(says) ?? null;
}

/**
 * The rung after the furthest one shown for this cause; the last one stays. `rung` overrides it. A failed check has
 * shown the first one under its verdict, so the next is the second, unless it was `unseen` there.
 */
export function chooseHint(past: Past, asked: { readonly rung?: Rung; readonly unseen?: boolean } = {}): HintChoice {
  const after = lastVerdict(past);
  const cause = after?.cause ?? past.starterCause;
  const least = after === null || asked.unseen === true ? 1 : 2;
  return { cause, rung: asked.rung ?? nextRung({ ...past, cause, least }), after };
}

/** Whoever starts over climbs again. */
function nextRung({ events, cause, least }: Pick<Past, "events"> & { cause: Cause; least: 1 | 2 }): Rung {
  const since = events.slice(1 + events.findLastIndex(({ kind }) => kind === "reset"));
  const shown = since.flatMap((event) => (event.kind === "hint" && event.cause === cause ? [event.rung] : []));
  return Math.min(5, Math.max(least - 1, ...shown) + 1) as Rung;
}
