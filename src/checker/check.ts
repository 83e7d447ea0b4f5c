/**
 * The whole check: every property in order of stars, the first failure of each told and explained, one verdict.
 * Takes `run`, which plays plans; knows no handler, file or clock.
 */
import type { CastShape, History, PropertyResult, Run, Star, Verdict } from "../vocabulary.ts";
import { createBudget } from "./budget.ts";
import type { Budget } from "./budget.ts";
import type { Evaluation } from "./evaluate.ts";
import { evaluate } from "./evaluate.ts";
import { measureChanges } from "./measure-changes.ts";
import { propertiesOf } from "./properties/all.ts";
import type { Property, Setting } from "./properties/property.ts";
import type { CheckedScenario } from "./setting.ts";
import { settingOf } from "./setting.ts";
import { tellFailure } from "./tell-failure.ts";
import type { Judged } from "./verdict.ts";
import { verdictOf } from "./verdict.ts";
import type { Witnesses } from "./witnesses.ts";
import { createWitnesses, witness } from "./witnesses.ts";

export interface Without {
  readonly properties?: readonly string[];
  readonly repairs?: readonly string[];
}

export interface CheckOptions {
  readonly scenario: CheckedScenario;
  readonly shape: Omit<CastShape, "changes">;
  readonly run: Run;
  readonly seed: string;
  /** Demanded for a pass. */
  readonly stars: Star;
  /** Schedules explored at most; shrinking and explaining come on top and are bounded by themselves. */
  readonly budget: number;
  readonly thorough: boolean;
  /** A guard on real time: can only make a check inconclusive. */
  expired(): boolean;
  /** Called when one of the demanded stars is lost, before that is shrunk and explained. */
  readonly onFound?: () => void;
  /** Switched off, for the checker's own mutation test. */
  readonly without?: Without;
}

export async function check(options: CheckOptions): Promise<Verdict> {
  const { run, seed, scenario, thorough } = options;
  const { shape, unanswered } = await measureChanges({ run, shape: options.shape, seed });
  const setting = settingOf(scenario, { shape, seed, thorough, small: false });
  const budget = createBudget({ schedules: options.budget, expired: () => options.expired() });
  const seen = createWitnesses();
  const onFound = ({ star }: Property): void => void (star <= options.stars && options.onFound?.());
  const judging = { options, setting, budget, seen, unanswered, onFound };
  const judged = await judgeAll({ ...judging, looksFirst: options.stars === 3 });
  return verdictOf({ judged, seen, scenario: scenario.slug, stars: options.stars, seed });
}

interface Judging {
  readonly options: Pick<CheckOptions, "scenario" | "run" | "without">;
  readonly setting: Setting;
  readonly budget: Budget;
  readonly seen: Witnesses;
  /** A run that was seen to end without an answer before any property was asked. */
  readonly unanswered: History | null;
  readonly onFound?: (property: Property) => void;
  /** The third star is demanded: one of its properties that breaks early spares everybody the whole of the others. */
  readonly looksFirst?: boolean;
}

const EVERY_STAR: readonly Star[] = [1, 2, 3];

/** A broken star leaves the higher ones unjudged: they build on it. So does a request without an answer: it costs time. */
export async function judgeAll(judging: Judging, stars: readonly Star[] = EVERY_STAR): Promise<Judged[]> {
  const off = judging.options.without?.properties ?? [];
  const asked = propertiesOf(judging.options.scenario).filter(
    ({ id, star }) => stars.includes(star) && !off.includes(id),
  );
  const judged: Judged[] = [];
  for (const star of EVERY_STAR) {
    const properties = asked.filter((property) => property.star === star);
    const isReached = judged.every(({ result }) => result.outcome !== "broken");
    judged.push(...(isReached ? await judgeStar(star, judging, properties) : properties.map(notRun)));
  }
  return judged;
}

type JudgeStar = (judging: Judging, properties: readonly Property[]) => Promise<Judged[]>;

function judgeStar(star: Star, ...asked: Parameters<JudgeStar>): Promise<Judged[]> {
  const [judging] = asked;
  const whole = star === 3 || judging.unanswered !== null;
  const judge = star === 3 && judging.looksFirst === true ? judgeLooking : whole ? judgeInFull : judgeBackwards;
  return judge(...asked);
}

/** Schedules. What is known to be wrong with answers and keys shows within forty. */
const LOOK_BACK = 60;

/**
 * The first property of a star names the cause, is the one with the most schedules, and its last ones say nothing new
 * of handlers that break a later property: once one is broken, whatever comes before it is only looked at.
 */
async function judgeBackwards(judging: Judging, properties: readonly Property[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const property of properties.toReversed()) {
    const isLost = judged.some(({ result }) => result.outcome === "broken");
    if (judged.some(isUnanswered)) judged.push(notRun(property));
    else judged.push(await judgeOne(isLost ? withLook(judging, LOOK_BACK) : judging, property));
  }
  return judged.toReversed();
}

/** The third star is mostly not demanded, and whoever asks what it lacks wants to know all of it. */
async function judgeInFull(judging: Judging, properties: readonly Property[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const property of properties)
    judged.push(judged.some(isUnanswered) ? notRun(property) : await judgeOne(judging, property));
  return judged;
}

function withLook(judging: Judging, schedules: number): Judging {
  return { ...judging, budget: createBudget({ schedules, expired: () => !judging.budget.take() }) };
}

/** Schedules. The known ways to lose a race show within 250; a race that is never lost takes thousands. */
const FIRST_LOOK = 400;

/** A look at each property, then all of those that one look did not decide; once one is broken, nothing more. */
async function judgeLooking(judging: Judging, properties: readonly Property[]): Promise<Judged[]> {
  const looks: Judged[] = [];
  for (const property of properties) {
    const isOver = looks.some(isUnanswered);
    looks.push(isOver ? notRun(property) : await judgeOne(withLook(judging, FIRST_LOOK), property));
  }
  if (looks.some(({ result }) => result.outcome === "broken")) return looks;
  const judged: Judged[] = [];
  for (const [position, property] of properties.entries()) {
    const look = looks[position];
    judged.push(look?.result.outcome === "held" ? look : await judgeOne(judging, property));
  }
  return judged;
}

async function judgeOne(judging: Judging, property: Property): Promise<Judged> {
  const { options, setting, budget, seen } = judging;
  const watch = (history: History): void => witness(seen, history);
  const evaluation =
    foreseen(judging, property) ?? (await evaluate({ property, setting, run: options.run, budget, watch }));
  const { failure, claim } = evaluation;
  if (failure === null)
    return { result: held(property, evaluation), told: null, nondeterministic: evaluation.diverged };
  judging.onFound?.(property);
  const told = await tellFailure({
    property,
    setting,
    run: options.run,
    failure,
    found: claim.schedules,
    without: options.without?.repairs ?? [],
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

function isUnanswered({ told }: Judged): boolean {
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

function notRun(property: Property): Judged {
  return { result: unreached(property), told: null, nondeterministic: false };
}

function unreached({ id, star }: Property): PropertyResult {
  return { id, star, outcome: "not-run", claim: { schedules: 0, requests: 0, switches: 0, complete: false } };
}
