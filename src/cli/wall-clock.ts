/** The time of day, for labels that people read: nothing is decided by it. */
export function isoNow(): string {
  // oxlint-disable-next-line eslint/no-restricted-globals -- a snapshot says when it was taken; no check sees it
  return new Date().toISOString();
}

/** Milliseconds since the epoch; NaN for what is no time. */
export function epochMilliseconds(iso: string): number {
  // oxlint-disable-next-line eslint/no-restricted-globals -- reads a time that was recorded; asks for none
  return Date.parse(iso);
}

const LABEL = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** A recorded time in the reader's own zone, e.g. `21 Nov, 12:08`. */
export function localTime(iso: string): string {
  const time = epochMilliseconds(iso);
  return Number.isNaN(time) ? iso : LABEL.format(time);
}
