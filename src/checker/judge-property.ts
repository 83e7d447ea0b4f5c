/** Judges one property: explores it, and tells what breaks it. Knows no star's order and no other property. */
import type { History, PropertyResult, Run } from "../vocabulary.ts";
import type { Budget } from "./budget.ts";
import type { Evaluation } from "./evaluate.ts";
import { evaluate } from "./evaluate.ts";
import type { Property, Setting } from "./properties/property.ts";
import type { CheckedScenario } from "./setting.ts";
import { tellFailure } from "./tell-failure.ts";
import type { Judged } from "./verdict.ts";
import type { Witnesses } from "./witnesses.ts";
import { witness } from "./witnesses.ts";

export interface Without {
  readonly properties?: readonly string[];
  readonly repairs?: readonly string[];
  /** Every schedule is played, also those that differ only in when a timer fires that does nothing. */
  readonly reduction?: boolean;
}

export interface Judging {
  readonly options: { readonly scenario: CheckedScenario; readonly run: Run; readonly without?: Without };
  /** Who hears of what breaks a property, before it is told; absent: nobody. */
  readonly tell?: Telling;
  readonly setting: Setting;
  readonly budget: Budget;
  readonly seen: Witnesses;
  /** A run that was seen to end without an answer before any property was asked. */
  readonly unanswered: History | null;
  /** The third star is demanded: one of its properties that breaks early spares everybody the whole of the others. */
  readonly looksFirst?: boolean;
}

export interface Telling {
  found(property: Property): void;
  shrunk(property: Property, token: string): void;
}

export async function judgeOne(judging: Judging, property: Property): Promise<Judged> {
  const { options, setting, budget, seen } = judging;
  const watch = (history: History): void => witness(seen, history);
  const evaluation =
    foreseen(judging, property) ??
    (await evaluate({ property, setting, run: options.run, budget, watch, full: options.without?.reduction ?? false }));
  const { failure, claim } = evaluation;
  if (failure === null)
    return { result: held(property, evaluation), told: null, nondeterministic: evaluation.diverged };
  judging.tell?.found(property);
  // An answer that was never true is mostly a broken contract, and told as one.
  const isOld = failure.finding.kind === "stale";
  const told = await tellFailure({
    property,
    setting,
    run: options.run,
    failure,
    found: claim.schedules,
    without: options.without?.repairs ?? [],
    ...(isOld ? { onShrunk: (token) => judging.tell?.shrunk(property, token) } : {}),
  });
  if (told === null)
    return { result: { ...held(property, evaluation), outcome: "incomplete" }, told, nondeterministic: true };
  const { cause, counterexample } = told;
  return {
    result: { id: property.id, star: property.star, outcome: "broken", claim, cause, counterexample },
    told,
    nondeterministic: false,
  };
}

export function isUnanswered({ told }: Judged): boolean {
  return told?.finding.kind === "never-answered";
}

/** What a run before the first property has shown already need not be run again. */
function foreseen({ unanswered, setting }: Judging, property: Property): Evaluation | null {
  const finding = unanswered === null ? null : property.judge(unanswered, setting);
  if (unanswered === null || finding?.kind !== "never-answered") return null;
  return {
    failure: { history: unanswered, finding },
    claim: { schedules: 1, requests: 1, switches: 0, complete: false },
    diverged: false,
  };
}

function held(property: Property, { claim }: Evaluation): PropertyResult {
  if (claim.schedules === 0 && !claim.complete) return unreached(property);
  const { id, star } = property;
  return { id, star, outcome: claim.complete ? "held" : "incomplete", claim };
}

export function notRun(property: Property): Judged {
  return { result: unreached(property), told: null, nondeterministic: false };
}

function unreached({ id, star }: Property): PropertyResult {
  return { id, star, outcome: "not-run", claim: { schedules: 0, requests: 0, switches: 0, complete: false } };
}
