/** How long somebody worked, from the moments at which something was recorded. Pure. */

/** Longer silence is a break: what was done in it before somebody left counts this much. Milliseconds. */
const LONGEST_PAUSE = 15 * 60_000;

export interface Moment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** How long it took itself; milliseconds. */
  readonly milliseconds: number;
}

/** Milliseconds: all gaps between one moment and the next, and what the last one took. In any order. */
export function timeSpent(moments: readonly Moment[]): number {
  const sorted = moments.filter(({ at }) => Number.isFinite(at)).sort((one, other) => one.at - other.at);
  return sorted.reduce((sum, { at, milliseconds }, position) => {
    const next = sorted[position + 1];
    return sum + (next === undefined ? milliseconds : Math.min(next.at - at, LONGEST_PAUSE));
  }, 0);
}
