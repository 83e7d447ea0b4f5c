/** The chance that a set-up may use: the same seed gives the same data on every machine. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Random } from "../vocabulary.ts";

/** `seed` is any text. The generator is xoroshiro128+ (Blackman and Vigna 2018), as pure-rand has it. */
export function seededRandom(seed: string): Random {
  const generator = xoroshiro128plus(hash(seed));
  const integer = (low: number, high: number): number => uniformInt(generator, low, high);
  return { integer, pick: (from) => pickAt(from, integer(0, from.length - 1)) };
}

function pickAt<T>(from: readonly T[], position: number): T {
  // An empty list has nothing to pick, and its author should hear so rather than meet `undefined` later.
  if (from.length === 0) throw new RangeError("There is nothing to pick from: the list is empty.");
  return from[position] as T;
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
function hash(text: string): number {
  return new TextEncoder().encode(text).reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), 0x811c9dc5 | 0);
}
