/** Spans of time in a sentence. */
import { count } from "./verdict-properties.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Milliseconds in the largest unit that keeps the number whole, or nearly so: a millisecond less than an hour is one. */
export function durationWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / MINUTE);
  if (minutes > 0 && minutes % 60 === 0) return count(minutes / 60, "hour");
  if (milliseconds >= MINUTE) return count(minutes, "minute");
  if (milliseconds >= SECOND) return count(Math.round(milliseconds / SECOND), "second");
  return count(milliseconds, "millisecond");
}
