/** How long a step of the database takes by the virtual clock. Sets no clock. */
import type { RunPlan, Scenario } from "../vocabulary.ts";

export interface Pace extends Pick<Scenario, "costly" | "databaseDelay"> {
  readonly plan: Pick<RunPlan, "paced">;
}

/** Milliseconds, given the tables that the step has read; 0 where the plan is not paced. */
export function durationOf({ reads }: { reads: readonly string[] }, { plan, costly, databaseDelay }: Pace): number {
  if (plan.paced !== true) return 0;
  return reads.some((table) => costly.includes(table)) ? databaseDelay.costly : databaseDelay.plain;
}
