/** Seeded chance for the checker: a name in, a generator out. Equal names give equal sequences on every machine. */
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Random } from "../vocabulary.ts";

export function createRandom(seed: string): Random {
  const generator = xoroshiro128plus(hashText(seed));
  const integer = (low: number, high: number): number =>
    low + Math.floor(((generator.next() >>> 0) / 0x1_0000_0000) * (high - low + 1));
  return {
    integer,
    pick: (from) => {
      const item = from[integer(0, from.length - 1)];
      if (item === undefined) throw new RangeError("pick needs at least one item");
      return item;
    },
  };
}

/** FNV-1a: 32 unsigned bits. Tells texts apart; protects nothing. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
