/** Lays out requests for plans: one after the other, or overlapping. Chooses nothing by chance. */
import type { CastShape, Phase, RequestRef } from "../../vocabulary.ts";

/** One request a phase, the instances taking turns from `first` on. */
export function inSequence(refs: readonly RequestRef[], first: 0 | 1 = 0): Phase[] {
  return refs.map((ref, position) => ({ actors: [{ ref, instance: (position + first) % 2 === 0 ? 0 : 1 }] }));
}

/** All requests in one phase, the instances taking turns from `first` on. */
export function atOnce(refs: readonly RequestRef[], first: 0 | 1 = 0): Phase {
  return { actors: refs.map((ref, position) => ({ ref, instance: (position + first) % 2 === 0 ? 0 : 1 })) };
}

/**
 * A write and a read of it on one instance, then on the other: each serves each once, so what both count for themselves
 * is the same in both.
 */
export function onEachInstance({ write, read }: Pair): Phase[] {
  return ([0, 1] as const).flatMap((first) => {
    const second = first === 0 ? 1 : 0;
    return [{ actors: [{ ref: write, instance: first }] }, { actors: [{ ref: read, instance: second }] }];
  });
}

export function readRef(position: number): RequestRef {
  return `r${position}`;
}

export function writeRef(position: number): RequestRef {
  return `w${position}`;
}

export function jobRef(position: number): RequestRef {
  return `j${position}`;
}

export interface Pair {
  readonly write: RequestRef;
  readonly read: RequestRef;
}

/** Every write with every read that it changes. */
export function changingPairs(shape: CastShape): Pair[] {
  return shape.changes.flatMap((reads, write) =>
    reads.map((read) => ({ write: writeRef(write), read: readRef(read) })),
  );
}

/** Every write with the first read that it changes. */
export function plainPairs(shape: CastShape): Pair[] {
  return shape.changes.flatMap((reads, write) =>
    reads.slice(0, 1).map((read) => ({ write: writeRef(write), read: readRef(read) })),
  );
}

/** For each read, the writes that change it, in the cast's order. */
export function writersOf(shape: CastShape): { read: RequestRef; writes: RequestRef[] }[] {
  return Array.from({ length: shape.reads }, (_, read) => ({
    read: readRef(read),
    writes: shape.changes.flatMap((reads, write) => (reads.includes(read) ? [writeRef(write)] : [])),
  })).filter(({ writes }) => writes.length > 0);
}

export function countTo<T>(count: number, item: (position: number) => T): T[] {
  return Array.from({ length: count }, (_, position) => item(position));
}
