/**
 * Keeps back what a job does that finds nothing to do: one that is run each second would leave room for nothing else. A
 * run that touches the cache, changes rows or fails is told whole, once it is over. Takes steps, passes them on.
 */
import type { LiveStep } from "./live-step.ts";

export interface JobSteps {
  readonly tell: (step: LiveStep) => void;
  /** Whether the request that is being served now is a run of a job. */
  readonly isJob: () => boolean;
}

export function withoutIdleJobs({ tell, isJob }: JobSteps): (step: LiveStep) => void {
  const runs = new Map<number, LiveStep[]>();
  return (step) => {
    if (step.kind === "arrival" && isJob()) runs.set(step.request, []);
    const run = runs.get(step.request);
    if (run === undefined) return tell(step);
    run.push(step);
    if (step.kind !== "answer") return;
    runs.delete(step.request);
    if (run.some(isWork)) run.forEach(tell);
  };
}

function isWork(step: LiveStep): boolean {
  if (step.error !== undefined || step.kind === "cache") return true;
  if (step.kind === "database") return (step.changes ?? 0) > 0;
  return step.kind === "answer" && step.status >= 400;
}
