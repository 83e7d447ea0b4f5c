/** Reads whole numbers that people type as options. Throws what commander reports as a usage error. */
import { InvalidArgumentError } from "commander";

/** Both bounds included. Accepts `1000000` as well as `1_000_000` and `1,000,000`. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = /^\d+([_,]\d{3})*$/.test(text) ? Number(text.replaceAll(/[_,]/g, "")) : Number.NaN;
    if (value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
}
