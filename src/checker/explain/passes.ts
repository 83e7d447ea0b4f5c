/** Plays a failing order of events again with something about it changed. Takes a failure; says whether it is gone. */
import type { History, Repair, RunPlan } from "../../vocabulary.ts";
import { followOrder } from "../choose/replay.ts";
import type { ExplainOptions } from "./explain-options.ts";

export async function passes(options: ExplainOptions, repairs: readonly Repair[]): Promise<boolean> {
  return await planPasses(options, { ...options.failure.history.plan, repairs });
}

export async function passesWithoutFaults(options: ExplainOptions): Promise<boolean> {
  const { faults: _, ...plan } = options.failure.history.plan;
  return await planPasses(options, plan);
}

async function planPasses({ property, setting, run, failure }: ExplainOptions, plan: RunPlan): Promise<boolean> {
  const history: History = await run(plan, followOrder(failure.history));
  return history.end.kind !== "diverged" && property.judge(history, setting) === null;
}
