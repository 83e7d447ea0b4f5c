/**
 * The chart's time axis. The service's clock can be moved by an hour, or back; drawn to scale, that hour would press
 * everything else into a sliver. So a leap takes a fixed small room, and is told where it lies.
 */

export interface SqueezedTime {
  /** One per time given: seconds from the first, leaps squeezed; never falls. */
  readonly seconds: readonly number[];
  readonly leaps: readonly Leap[];
}

export interface Leap {
  /** Where it ends, in squeezed seconds. */
  readonly second: number;
  /** Milliseconds that it skips; negative: the clock was set back. */
  readonly by: number;
}

/** Longer silences, in milliseconds, are leaps. */
const LONGEST = 90_000;
/** The room of a leap, in seconds. */
const ROOM = 4;

/** Takes milliseconds since the epoch, in the order in which they were told. */
export function squeezeTime(times: readonly number[]): SqueezedTime {
  const seconds: number[] = [];
  const leaps: Leap[] = [];
  let reached = 0;
  times.forEach((time, position) => {
    const passed = position === 0 ? 0 : time - (times[position - 1] ?? time);
    const isLeap = passed > LONGEST || passed < -1000;
    reached += isLeap ? ROOM : Math.max(0, passed) / 1000;
    seconds.push(reached);
    if (isLeap) leaps.push({ second: reached, by: passed });
  });
  return { seconds, leaps };
}

/** The time that a squeezed second stands for: that of the last point before it, and what has passed since. */
export function timeAt(second: number, seconds: readonly number[], times: readonly number[]): number | null {
  const next = seconds.findIndex((reached) => reached > second);
  const last = (next === -1 ? seconds.length : next) - 1;
  const [base, time] = [seconds[last], times[last]];
  return base === undefined || time === undefined ? null : time + (second - base) * 1000;
}
