/**
 * Walks the tree of schedules: a chooser that plays a known beginning and then always the first option, and the
 * beginnings of all schedules that branch off what it played. Runs and judges nothing.
 */
import type { Chooser, History } from "../../vocabulary.ts";
import { endsIdle, placeOf } from "./quiet-timers.ts";

/** The first `length` choices of `schedule`, then option `last`: shares its parent's array, for there are many. */
export interface Beginning {
  readonly schedule: readonly number[];
  readonly length: number;
  /** null: the empty beginning. */
  readonly last: number | null;
  readonly switches: number;
  /** The timer without which there would be no such beginning; see `QuietTimers`. */
  readonly timer?: string;
}

export const EMPTY: Beginning = { schedule: [], length: 0, last: null, switches: 0 };

/** Chooses -1, which ends the run as diverged, when the beginning names an option that is not there. */
export function followBeginning(beginning: Beginning): Chooser {
  let step = -1;
  return {
    choose(point) {
      step += 1;
      if (beginning.last === null || step > beginning.length) return 0;
      const wanted = step < beginning.length ? beginning.schedule[step] : beginning.last;
      return point.options.findIndex((option) => option.id === wanted);
    },
  };
}

/**
 * Every beginning that leaves this history at a point after its own beginning. A schedule's last choice other than
 * the first option is unique, so over a whole search each schedule comes up exactly once. Unless `full`, nothing leaves
 * one in which a timer has just fired for nothing: all that could follow does so elsewhere.
 */
export function* branches(
  beginning: Beginning,
  history: History,
  { full = false }: { full?: boolean } = {},
): Generator<Beginning> {
  const { schedule, points } = history;
  if (!full && endsIdle(beginning, history)) return;
  for (let length = beginning.last === null ? 0 : beginning.length + 1; length < points.length; length += 1) {
    const [first, ...others] = points[length]?.options ?? [];
    for (const option of others) {
      // What is offered beside a timer that comes first is offered again right after it.
      const timer = [option, first].find((each) => each?.timer !== undefined);
      const next = { schedule, length, last: option.id, switches: beginning.switches + option.cost };
      yield timer === undefined ? next : { ...next, timer: placeOf(history, timer) };
    }
  }
}
