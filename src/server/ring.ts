/** The newest of many values, each with its place counted from 1. What is older than the capacity is forgotten. */

export interface Ring<Value> {
  /** Place of the newest; 0: there was none yet. */
  readonly last: number;
  /** Gives the place of the value. */
  push(value: Value): number;
  /** Those after `place`, oldest first; null: some of them are forgotten. */
  since(place: number): Value[] | null;
  /** At most `count`, oldest first. */
  newest(count: number): Value[];
  /** Forgets all; places go on. */
  clear(): void;
}

export function createRing<Value>(capacity: number): Ring<Value> {
  const slots: Value[] = [];
  let last = 0;
  let first = 1;
  const from = (place: number): Value[] =>
    Array.from({ length: last - place }, (_, n) => slots[(place + n) % capacity] as Value);
  return {
    get last() {
      return last;
    },
    push: (value) => {
      slots[last % capacity] = value;
      last += 1;
      first = Math.max(first, last - capacity + 1);
      return last;
    },
    since: (place) => (place < first - 1 || place > last ? null : from(place)),
    newest: (count) => from(Math.max(first - 1, last - count)),
    clear: () => {
      slots.length = 0;
      first = last + 1;
    },
  };
}
