/**
 * The same schedules as `explore`, each begun as soon as it is known, for a run that plays worlds side by side. The
 * order in which they end says nothing: a failure is told by `explore`, which finds the first.
 */
import type { RunPlan } from "../vocabulary.ts";
import type { Beginning } from "./choose/exhaustive.ts";
import { branches, EMPTY, followBeginning } from "./choose/exhaustive.ts";
import type { Exploration, ExploreOptions, Failure } from "./explore.ts";
import { countActors } from "./explore.ts";

export async function exploreTogether(options: ExploreOptions): Promise<Exploration> {
  const found = { failure: null as Failure | null, schedules: 0, requests: 0, complete: true, diverged: false };
  const isOver = (): boolean => found.failure !== null || !found.complete;
  const visit = async (plan: RunPlan, beginning: Beginning, tally: { runs: number }): Promise<void> => {
    if (isOver() || tally.runs >= (options.perPlan ?? Infinity)) return;
    tally.runs += 1;
    found.complete = options.budget.take();
    if (!found.complete) return;
    const history = await options.run(plan, followBeginning(beginning));
    options.watch?.(history);
    found.schedules += 1;
    found.requests = Math.max(found.requests, countActors(plan));
    found.diverged ||= history.end.kind === "diverged";
    const finding = options.judge(history);
    if (finding !== null) found.failure ??= { history, finding };
    found.complete &&= finding === null && !found.diverged;
    if (isOver()) return;
    const further = beginning === EMPTY ? (options.follow?.(history) ?? []) : [];
    const next = [...branches(beginning, history)].filter(({ switches }) => switches <= options.switches);
    await Promise.all([
      ...next.map((each) => visit(plan, each, tally)),
      ...further.map((each) => visit(each, EMPTY, { runs: 0 })),
    ]);
  };
  await Promise.all(options.plans.map((plan) => visit(plan, EMPTY, { runs: 0 })));
  return found;
}
