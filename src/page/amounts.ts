/** Numbers and times as people read them on a wall: grouped, in whole units, with the unit spelt out. */

const COUNT = new Intl.NumberFormat("en-GB");
const SHARE = new Intl.NumberFormat("en-GB", { style: "percent", maximumFractionDigits: 1 });
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export function countText(count: number | null): string {
  return count === null ? "–" : COUNT.format(count);
}

/** 0.571 → `57.1%`. */
export function shareText(share: number): string {
  return SHARE.format(share);
}

/** Two units at most, cut and never rounded up: `59 min 59 s` is not yet an hour. */
export function spanText(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  if (span < MINUTE) return `${Math.floor(span / SECOND)} s`;
  if (span < HOUR) return joined([Math.floor(span / MINUTE), "min"], [Math.floor((span % MINUTE) / SECOND), "s"]);
  return joined([Math.floor(span / HOUR), "h"], [Math.floor((span % HOUR) / MINUTE), "min"]);
}

/** What one step took: `0.4 ms`, `12 ms`, `1.2 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds >= SECOND) return `${(milliseconds / SECOND).toFixed(1)} s`;
  return `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

/** Milliseconds since the epoch → `10:42:07` in the reader's zone. */
export function timeText(at: number): string {
  return TIME.format(at);
}

function joined([large, unit]: [number, string], [small, part]: [number, string]): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${part}`;
}
