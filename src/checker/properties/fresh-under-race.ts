/**
 * ★★★ Any interleaving within the bound: two reads and a write, a read and two writes, cold and warm; and every other
 * write with each read that it changes.
 */
import type { RequestRef, RunPlan } from "../../vocabulary.ts";
import { judgeAnswers } from "../judge/answers.ts";
import { atOnce, changingPairs, countTo, inSequence, writersOf } from "./phases.ts";
import type { Property, Setting } from "./property.ts";

const ID = "fresh-under-race";

interface Racing {
  readonly read: RequestRef;
  readonly first: RequestRef | undefined;
  readonly second: RequestRef | undefined;
  readonly thorough: boolean;
}

export const freshUnderRace: Property = {
  id: ID,
  star: 3,
  asks: "every read is fresh in any interleaving within the bound",
  plans,
  switches: ({ thorough, small }) => (thorough ? 3 : small ? 1 : 2),
  sample: (setting) => ({ plans: largerPlans(setting), how: "random", perPlan: setting.thorough ? 400 : 40 }),
  judge: (history) => judgeAnswers(ID, history),
};

function plans(setting: Setting): RunPlan[] {
  const { shape, seed, thorough } = setting;
  const large = writersOf(shape)
    .slice(0, thorough ? Infinity : 1)
    .flatMap(({ read, writes: [first, second = first] }) => castsOf({ read, first, second, thorough }));
  const others = changingPairs(shape).filter(
    ({ write, read }) => !large.some((cast) => cast[0] === read && cast.includes(write)),
  );
  return [
    ...large.flatMap((cast) => coldAndWarm(cast, seed)),
    ...others.map(({ write, read }) => ({ phases: [atOnce([read, write])], probe: true, seed })),
  ];
}

function castsOf({ read, first, second, thorough }: Racing): RequestRef[][] {
  if (first === undefined || second === undefined) return [];
  const casts: RequestRef[][] = [
    [read, read, first],
    [read, first, second],
  ];
  return thorough ? [...casts, [read, first, first], [read, read, first, second]] : casts;
}

function coldAndWarm(cast: readonly RequestRef[], seed: string): RunPlan[] {
  const [read] = cast;
  const warming = read === undefined ? [] : inSequence([read]);
  return [[], warming].map((before) => ({ phases: [...before, atOnce(cast)], probe: true, seed }));
}

function largerPlans({ shape, seed, small }: Setting): RunPlan[] {
  if (small) return [];
  return writersOf(shape)
    .slice(0, 3)
    .flatMap(({ read, writes }, n) => {
      const chosen = countTo(2, (position) => writes[position % writes.length]).filter((ref) => ref !== undefined);
      return [
        [read, read, ...chosen],
        [read, ...chosen, read, ...chosen.slice(0, 1)],
      ].map((cast) => ({ cast, seed: `${seed}/larger-${n}` }));
    })
    .flatMap(({ cast, seed: name }) => coldAndWarm(cast, name));
}
