/**
 * The whole check: every property in order of stars, the first failure of each told and explained, one verdict.
 * Takes `run`, which plays plans; knows no handler, file or clock.
 */
import type { CastShape, Run, Star, Verdict } from "../vocabulary.ts";
import { createBudget } from "./budget.ts";
import { isUnanswered, judgeOne, type Judging, notRun, type Telling, type Without } from "./judge-property.ts";
import { measureChanges } from "./measure-changes.ts";
import { propertiesOf } from "./properties/all.ts";
import type { Property } from "./properties/property.ts";
import type { CheckedScenario } from "./setting.ts";
import { settingOf } from "./setting.ts";
import type { Judged } from "./verdict.ts";
import { verdictOf } from "./verdict.ts";
import { createWitnesses } from "./witnesses.ts";

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
  /** Called with the replay token of an old answer that loses such a star, as soon as it is shrunk: mostly that is what will be told. */
  readonly onShrunk?: (token: string) => void;
  /** Switched off, for the checker's own mutation test. */
  readonly without?: Without;
}

export async function check(options: CheckOptions): Promise<Verdict> {
  const { run, seed, scenario, thorough } = options;
  const { shape, unanswered } = await measureChanges({ run, shape: options.shape, seed });
  const setting = settingOf(scenario, { shape, seed, thorough, small: false });
  const budget = createBudget({ schedules: options.budget, expired: () => options.expired() });
  const seen = createWitnesses();
  const judging = { options, setting, budget, seen, unanswered, tell: tellingOf(options) };
  const judged = await judgeAll({ ...judging, looksFirst: options.stars === 3 });
  return verdictOf({ judged, seen, scenario: scenario.slug, stars: options.stars, seed });
}

function tellingOf({ stars, onFound, onShrunk }: CheckOptions): Telling {
  return {
    found: ({ star }) => void (star <= stars && onFound?.()),
    shrunk: ({ star }, token) => void (star <= stars && onShrunk?.(token)),
  };
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

/** Schedules. What is known to be wrong with answers and keys shows within so many. */
const LOOK_BACK = 120;

/**
 * The first property of a star names the cause, is the one with the most schedules, and its last ones say nothing new
 * of handlers that break a later property: once one is broken, whatever comes before it is only looked at.
 */
async function judgeBackwards(judging: Judging, properties: readonly Property[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const property of properties.toReversed()) {
    const isLost = judged.some(({ result }) => result.outcome === "broken");
    if (judged.some(isUnanswered)) judged.push(notRun(property));
    else judged.push(await judgeOne(isLost ? withLook(judging, lookBack(property, judging)) : judging, property));
  }
  return judged.toReversed();
}

function lookBack(property: Property, { setting }: Judging): number {
  return Math.min(LOOK_BACK, property.look?.(setting) ?? LOOK_BACK);
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
