/** ★★ One write and one read that it changes, cold and warm: the read runs whole after each step of the write. */
import type { Phase, RunPlan } from "../../vocabulary.ts";
import { judgeAnswers } from "../judge/answers.ts";
import type { Pair } from "./phases.ts";
import { changingPairs, plainPairs } from "./phases.ts";
import type { Property, Setting } from "./property.ts";

const ID = "fresh-around-writes";

export const freshAroundWrites: Property = {
  id: ID,
  star: 2,
  asks: "a read that runs whole at any moment of a write leaves nothing stale behind, with a cold cache and a warm one",
  plans,
  switches: () => 1,
  judge: (history) => judgeAnswers(ID, history),
};

function plans({ shape, seed, small }: Setting): RunPlan[] {
  const pairs = small ? plainPairs(shape) : changingPairs(shape);
  // The writer is instance 0. A reader in another process sees all that one beside the writer does, and more.
  const readers = small ? [1 as const] : [0 as const, 1 as const];
  return pairs.flatMap((pair) =>
    readers.flatMap((reader) => {
      const phases = around(pair, reader);
      return [phases.slice(1), phases].map((laid): RunPlan => ({ phases: laid, wholeReads: true, probe: true, seed }));
    }),
  );
}

/** A warming read, then the pair; the write is served by instance 0. */
function around({ write, read }: Pair, reader: 0 | 1): Phase[] {
  const reading = { ref: read, instance: reader };
  return [{ actors: [reading] }, { actors: [{ ref: write, instance: 0 }, reading] }];
}
