/** The chart's points as uPlot wants them: one array for the time and one for each line, up to now. */
import type { LivePoint } from "../vocabulary.ts";
import { type SqueezedTime, squeezeTime } from "./squeeze-time.ts";

export interface ChartData {
  readonly time: SqueezedTime;
  /** Milliseconds since the epoch, one per squeezed second. */
  readonly times: readonly number[];
  /** Squeezed seconds, what was shown, truth, and what was shown while it was out of date, else the truth. */
  readonly figures: [number[], (number | null)[], number[], (number | null)[]];
  /** Squeezed seconds, writes a minute; null where nobody counted. */
  readonly writes: [number[], (number | null)[]];
}

/** The last figures hold until `now`, by the service's clock. */
export function chartData(points: readonly LivePoint[], now: number): ChartData {
  const last = points.at(-1);
  const held = last === undefined || now <= last.at ? points : [...points, { ...last, at: now }];
  const times = held.map(({ at }) => at);
  const time = squeezeTime(times);
  const seconds = [...time.seconds];
  return {
    time,
    times,
    figures: [
      seconds,
      held.map(({ shown }) => shown),
      held.map(({ actual }) => actual),
      held.map(({ shown, actual, awaitsLook }) => (awaitsLook === true ? actual : shown)),
    ],
    writes: [seconds, held.map(({ writesPerMinute }) => writesPerMinute ?? null)],
  };
}
