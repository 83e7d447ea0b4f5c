/** How long somebody worked, from the moments at which something was recorded. Pure. */

/** Longer silence is a break: what was done in it before somebody left counts this much. Milliseconds. */
const LONGEST_PAUSE = 15 * 60_000;

export interface Moment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** How long it took itself; milliseconds. */
  readonly milliseconds: number;
  /** Nobody need have been at work after it: silence that is longer than a pause counts nothing at all. */
  readonly prepares?: boolean;
}

/** Milliseconds: all gaps between one moment and the next, and what the last one took. In any order. */
export function timeSpent(moments: readonly Moment[]): number {
  const sorted = byTime(moments);
  const last = sorted.at(-1);
  return last === undefined ? 0 : (workBefore(sorted).get(last) ?? 0) + last.milliseconds;
}

/** For each moment that has a time, in order of time: milliseconds of work before it. */
export function workBefore<Each extends Moment>(moments: readonly Each[]): Map<Each, number> {
  const worked = new Map<Each, number>();
  let sum = 0;
  let before: Each | undefined;
  for (const moment of byTime(moments)) {
    if (before !== undefined) sum += counted(moment.at - before.at, before);
    worked.set(moment, sum);
    before = moment;
  }
  return worked;
}

function counted(gap: number, { prepares }: Moment): number {
  if (gap <= LONGEST_PAUSE) return gap;
  return prepares === true ? 0 : LONGEST_PAUSE;
}

function byTime<Each extends Moment>(moments: readonly Each[]): Each[] {
  return moments.filter(({ at }) => Number.isFinite(at)).sort((one, other) => one.at - other.at);
}
