/**
 * Whether forgetting the invalidation is the exception: somewhere another write is followed by a fresh read of an entry
 * that was cached. Takes the read and write of a failure; runs a bounded number of sequences.
 */
import type { RequestRef, Run, RunPlan } from "../../vocabulary.ts";
import { freshInSequence } from "../properties/fresh-in-sequence.ts";
import { inSequence } from "../properties/phases.ts";
import type { Setting } from "../properties/property.ts";
import { invalidations } from "../witnesses.ts";

const MOST_RUNS = 60;

/**
 * True when the same read was freed by any write, or when `write` never frees anything while another write does. A
 * write that frees other reads but never this one has forgotten a view, which is another mistake.
 */
export async function didInvalidate(options: {
  setting: Setting;
  run: Run;
  read: RequestRef;
  write: RequestRef;
}): Promise<boolean> {
  const { setting, run, read, write } = options;
  const repeated: RunPlan = {
    phases: inSequence([read, write, read, write, read, write, read]),
    probe: true,
    seed: setting.seed,
  };
  const sample = freshInSequence.sample?.(setting).plans ?? [];
  const plans = [repeated, ...freshInSequence.plans(setting), ...sample].slice(0, MOST_RUNS);
  const writes = new Set<RequestRef>();
  for (const plan of plans) {
    for (const seen of invalidations(await run(plan, { choose: () => 0 }))) {
      if (seen.read === read) return true;
      writes.add(seen.write);
    }
  }
  return writes.size > 0 && !writes.has(write);
}
