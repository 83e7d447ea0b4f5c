/** ★ The service's contract: every kind of request alone and in short sequences, in two worlds with other data. */
import type { CastShape, RequestRef, RunPlan } from "../../vocabulary.ts";
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
  look: (setting) => plans(setting).length / seedsOf(setting).length,
  sample: (setting) => ({ plans: setting.small ? [together(setting)] : [], how: "in-order", perPlan: 2 }),
  judge: (history) => judgeContract(ID, history),
};

function plans({ shape, seed, small }: Setting): RunPlan[] {
  const { reads, writes, refused } = requestsOf(shape);
  const pairs = changingPairs(shape);
  const apart: RequestRef[][] = [
    ...[...reads, ...writes, ...refused].map((ref) => [ref]),
    ...reads.map((read) => [read, read]),
    ...writes.map((write) => [write, write]),
    ...pairs.map(({ write, read }) => [read, write, read]),
    ...refused.map((ref) => [...reads.slice(0, 1), ref, ...writes.slice(0, 1), ref]),
  ];
  const sequences = small ? [[...reads, ...refused], ...writes.map((write) => [write])] : apart;
  return seedsOf({ seed, small }).flatMap((name) =>
    sequences.map((refs) => ({ phases: inSequence(refs), probe: false, seed: name })),
  );
}

/** One for each world's data. */
function seedsOf({ seed, small }: Pick<Setting, "seed" | "small">): readonly string[] {
  return small ? [seed] : [seed, `${seed}/other`];
}

/**
 * Everything in one world: as much to answer for, in a fraction of the worlds. Not explored: a timer that each write
 * leaves behind may fire before or after every later request, and six of them have thousands of orders.
 */
function together({ shape, seed }: Setting): RunPlan {
  const { reads, writes, refused } = requestsOf(shape);
  const refs = [...reads, ...refused, ...writes, ...reads, ...writes, ...refused.slice(0, 1), ...reads];
  return { phases: inSequence(refs), probe: false, seed };
}

function requestsOf(shape: CastShape): Record<"reads" | "writes" | "refused", RequestRef[]> {
  return {
    reads: countTo(shape.reads, readRef),
    writes: countTo(shape.writes, writeRef),
    refused: countTo(shape.refused, (position): RequestRef => `x${position}`),
  };
}
