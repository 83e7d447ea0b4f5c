/** The chance of a calibration: traffic, data and delays. One generator for each name; timing itself stays real. */
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Random } from "../src/vocabulary.ts";

export function seededRandom(seed: string): Random {
  const generator = xoroshiro128plus(fnv1a(seed));
  const integer = (low: number, high: number): number => uniformInt(generator, low, high);
  return {
    integer,
    pick: (from) => {
      const picked = from[integer(0, from.length - 1)];
      if (picked === undefined) throw new RangeError("there is nothing to pick from");
      return picked;
    },
  };
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash | 0;
}
