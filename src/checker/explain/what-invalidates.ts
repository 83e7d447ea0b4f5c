/**
 * Whether forgetting an invalidation is the exception: other requests free the same read, or the same write frees other
 * reads. Takes the read and the write of a failure; runs a bounded number of sequences.
 */
import type { RequestRef, Run, RunPlan } from "../../vocabulary.ts";
import { freshInSequence } from "../properties/fresh-in-sequence.ts";
import { countTo, inSequence, readRef } from "../properties/phases.ts";
import type { Setting } from "../properties/property.ts";
import { invalidations } from "../witnesses.ts";

const MOST_RUNS = 60;

export interface Asked {
  readonly setting: Setting;
  readonly run: Run;
  readonly read: RequestRef;
  readonly write: RequestRef;
}

/**
 * `other-writes`: some write frees this very read, or this write frees none while others do. `other-views`: this write
 * frees other reads, this one never. `nothing`: neither was seen.
 */
export async function whatInvalidates(asked: Asked): Promise<"other-writes" | "other-views" | "nothing"> {
  const { run, read, write } = asked;
  const writes = new Set<RequestRef>();
  // Whether an entry was freed shows in what is served, not in what a client was told to keep.
  for (const plan of write.startsWith("e") ? externalPlans(asked) : requestPlans(asked)) {
    for (const seen of invalidations(await run({ ...plan, forgetfulClients: true }, { choose: () => 0 }))) {
      if (seen.read === read) return "other-writes";
      writes.add(seen.write);
    }
  }
  if (writes.has(write)) return "other-views";
  return writes.size > 0 ? "other-writes" : "nothing";
}

function requestPlans({ setting, read, write }: Asked): RunPlan[] {
  const repeated = [read, write, read, write, read, write, read];
  const sample = freshInSequence.sample?.(setting).plans ?? [];
  const plans = [planOf(setting, repeated), planOf(setting, around(setting, [write]))];
  return [...plans, ...freshInSequence.plans(setting), ...sample].slice(0, MOST_RUNS);
}

/** A job is what makes them known. */
function externalPlans({ setting }: Asked): RunPlan[] {
  return countTo(setting.shape.external ?? 0, (n): RequestRef => `e${n}`).map((external) =>
    planOf(setting, around(setting, [external, "j0"])),
  );
}

function around({ shape }: Setting, refs: readonly RequestRef[]): RequestRef[] {
  const reads = countTo(shape.reads, readRef);
  return [...reads, ...refs, ...reads];
}

function planOf({ seed }: Setting, refs: readonly RequestRef[]): RunPlan {
  return { phases: inSequence(refs), probe: true, seed };
}
