/**
 * The same schedules as `explore`, each begun as soon as it is known, for a run that plays worlds side by side. The
 * order in which they end says nothing: a failure is told by `explore`, which finds the first.
 */
import type { RunPlan } from "../vocabulary.ts";
import type { Beginning } from "./choose/exhaustive.ts";
import { branches, EMPTY, followBeginning } from "./choose/exhaustive.ts";
import { QuietTimers } from "./choose/quiet-timers.ts";
import type { Exploration, ExploreOptions, Failure } from "./explore.ts";
import { countActors } from "./explore.ts";

export async function exploreTogether(options: ExploreOptions): Promise<Exploration> {
  const found = { failure: null as Failure | null, schedules: 0, requests: 0, complete: true, diverged: false };
  const quiet = new QuietTimers();
  const isOver = (): boolean => found.failure !== null || !found.complete;
  const visit = async ({ plan, beginning, tally }: Visit): Promise<Visit[]> => {
    if (isOver() || quiet.passesOver(beginning) || tally.runs >= (options.perPlan ?? Infinity)) return [];
    tally.runs += 1;
    found.complete = options.budget.take();
    if (!found.complete) return [];
    const history = await options.run(plan, followBeginning(beginning));
    options.watch?.(history);
    found.schedules += 1;
    found.requests = Math.max(found.requests, countActors(plan));
    found.diverged ||= history.end.kind === "diverged";
    const finding = options.judge(history);
    if (finding !== null) found.failure ??= { history, finding };
    quiet.learn(history);
    found.complete &&= finding === null && !found.diverged && !quiet.mistaken;
    if (isOver()) return [];
    const further = beginning === EMPTY ? (options.follow?.(history) ?? []) : [];
    const next = [...branches(beginning, history)].filter(({ switches }) => switches <= options.switches);
    return [...next.map((each) => ({ plan, beginning: each, tally })), ...further.map(begin)];
  };
  // All of one length, then all that branch off them: what timers do is learnt from the shorter ones.
  for (let visits = options.plans.map(begin); visits.length > 0;)
    visits = (await Promise.all(visits.map(visit))).flat();
  return found;
}

interface Visit {
  readonly plan: RunPlan;
  readonly beginning: Beginning;
  readonly tally: { runs: number };
}

function begin(plan: RunPlan): Visit {
  return { plan, beginning: EMPTY, tally: { runs: 0 } };
}
