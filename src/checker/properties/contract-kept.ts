/** ★ The service's contract: every kind of request alone and in short sequences, in two worlds with other data. */
import type { RequestRef, RunPlan } from "../../vocabulary.ts";
import { judgeContract } from "../judge/answers.ts";
import { changingPairs, countTo, inSequence, readRef, writeRef } from "./phases.ts";
import type { Property, Setting } from "./property.ts";

const ID = "contract-kept";

export const contractKept: Property = {
  id: ID,
  star: 1,
  asks: "status codes, bodies and recorded rows are those of the service, and nothing else in the database changes",
  plans,
  switches: () => 0,
  judge: (history) => judgeContract(ID, history),
};

function plans({ shape, seed, small }: Setting): RunPlan[] {
  const reads = countTo(shape.reads, readRef);
  const writes = countTo(shape.writes, writeRef);
  const refused = countTo(shape.refused, (position): RequestRef => `x${position}`);
  // Everything in one world: as much to answer for, in a fraction of the worlds.
  const together = [[...reads, ...refused, ...writes, ...reads, ...writes, ...refused.slice(0, 1), ...reads]];
  const pairs = changingPairs(shape);
  const apart: RequestRef[][] = [
    ...[...reads, ...writes, ...refused].map((ref) => [ref]),
    ...reads.map((read) => [read, read]),
    ...writes.map((write) => [write, write]),
    ...pairs.map(({ write, read }) => [read, write, read]),
    ...refused.map((ref) => [...reads.slice(0, 1), ref, ...writes.slice(0, 1), ref]),
  ];
  const seeds = small ? [seed] : [seed, `${seed}/other`];
  const sequences = small ? together : apart;
  return seeds.flatMap((name) => sequences.map((refs) => ({ phases: inSequence(refs), probe: false, seed: name })));
}
