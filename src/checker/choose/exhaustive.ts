/**
 * Walks the tree of schedules: a chooser that plays a known beginning and then always the first option, and the
 * beginnings of all schedules that branch off what it played. Runs and judges nothing.
 */
import type { Chooser, History } from "../../vocabulary.ts";

/** The first `length` choices of `schedule`, then option `last`: shares its parent's array, for there are many. */
export interface Beginning {
  readonly schedule: readonly number[];
  readonly length: number;
  /** null: the empty beginning. */
  readonly last: number | null;
  readonly switches: number;
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
 * the first option is unique, so over a whole search each schedule comes up exactly once.
 */
export function* branches(beginning: Beginning, history: History): Generator<Beginning> {
  const { schedule, points } = history;
  for (let length = beginning.last === null ? 0 : beginning.length + 1; length < points.length; length += 1) {
    const options = points[length]?.options ?? [];
    for (const option of options.slice(1)) {
      yield { schedule, length, last: option.id, switches: beginning.switches + option.cost };
    }
  }
}
