/** Seeded chance for worlds and handlers: a seed string in, a generator out; knows nothing of what it is used for. */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Random } from "../vocabulary.ts";

/** 32 bits from a string: FNV-1a, so that every name has a generator of its own. */
function hashSeed(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** Uniform unsigned 32-bit integers. */
export function createBits(seed: string): () => number {
  const generator = xoroshiro128plus(hashSeed(seed));
  return () => generator.next() >>> 0;
}

export function createRandom(seed: string): Random {
  const bits = createBits(seed);
  const integer = (low: number, high: number): number => low + Math.floor((bits() / 0x1_0000_0000) * (high - low + 1));
  return {
    integer,
    pick: (from) => {
      const item = from[integer(0, from.length - 1)];
      if (item === undefined) throw new RangeError("pick needs at least one item");
      return item;
    },
  };
}
