/** Reads whole numbers that people type as options. What is none is a RefusedValue. */
import { RefusedValue } from "./refused-value.ts";

/** Both bounds included. Accepts `1000000` as well as `1_000_000` and `1,000,000`. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = /^\d+([_,]\d{3})*$/.test(text) ? Number(text.replaceAll(/[_,]/g, "")) : Number.NaN;
    if (value >= low && value <= high) return value;
    throw new RefusedValue(`It must be a whole number from ${low} to ${high}.`);
  };
}
