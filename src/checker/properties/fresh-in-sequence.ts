/** ★ One request at a time, on both instances in turn: every read is fresh, the reads of the end included. */
import type { CastShape, History, Phase, Random, RequestRef, RunPlan } from "../../vocabulary.ts";
import { judgeAnswers } from "../judge/answers.ts";
import { createRandom } from "../random.ts";
import {
  changingPairs,
  countTo,
  inSequence,
  onEachInstance,
  plainPairs,
  readRef,
  writeRef,
  writersOf,
} from "./phases.ts";
import type { Property, Setting } from "./property.ts";

const ID = "fresh-in-sequence";
const LONGER = 6;
const LONGEST = 8;
/** Writes in the watched row: a fix that forgets every n-th of them is seen for n up to this. */
const WATCHED = 12;
/**
 * Days and an hour, by turns, and how often: each month, each day of the week, each hour and nearly each day of the
 * month, the first and the last among them, have their turn within a year.
 */
const DAYS = [10, 10, 12] as const;
const VISITS = 33;
const HOUR = 3_600_000;
/** Milliseconds between requests in a hurry: a stamp in seconds, or a pause of half a second, is too coarse. */
const HURRY = 100;
/** Different times to live that are waited for. */
const MOST_LIVES = 3;

export const freshInSequence: Property = {
  id: ID,
  star: 1,
  asks: "one request at a time, over several writes, ids, users and both instances: every read is fresh",
  plans,
  switches: () => 0,
  sample: (setting) => ({ plans: largerPlans(setting), how: "in-order", perPlan: setting.small ? 2 : 8 }),
  follow: untilEntriesExpire,
  judge: (history) => judgeAnswers(ID, history),
};

function plans({ shape, seed, small }: Setting): RunPlan[] {
  const sequences = changingPairs(shape).flatMap(({ write, read }): RequestRef[][] => [
    [read, read, write, read],
    [write, read],
  ]);
  const plain = sequences.flatMap((refs) =>
    ([0, 1] as const).map((first) => ({ phases: inSequence(refs, first), probe: true, seed })),
  );
  const turns = plainPairs(shape).map((pair): RunPlan => ({ phases: onEachInstance(pair), probe: true, seed }));
  const each = [...plain, ...turns, ...mistakable({ shape, seed })];
  return small ? [...besideOutside({ shape, seed }), ...each] : [...each, ...justStarted({ shape, seed })];
}

/** A process writes that was never asked for what it makes untrue: what it would remember of it, it does not know. */
function justStarted({ shape, seed }: Pick<Setting, "shape" | "seed">): RunPlan[] {
  return changingPairs(shape).map(({ write, read }) => ({
    phases: inSequence([read, write, read]),
    justStarted: true,
    probe: false,
    seed,
  }));
}

/** Each after every other one, and once more. */
function mistakable({ shape, seed }: Pick<Setting, "shape" | "seed">): RunPlan[] {
  const others = countTo(shape.others ?? 0, (n): RequestRef => `o${n}`);
  if (others.length === 0) return [];
  return [{ phases: inSequence([...others, ...others.toReversed(), ...others]), probe: false, seed }];
}

/** Real time passes in these: they are for the confirm run, which has a process that waits for the explorer anyway. */
function besideOutside({ shape, seed }: Pick<Setting, "shape" | "seed">): RunPlan[] {
  return plainPairs(shape).map(({ write, read }) => ({
    phases: inSequence([read, write, read]),
    outsideFirst: true,
    probe: false,
    seed,
  }));
}

function largerPlans(setting: Setting): RunPlan[] {
  const year = setting.small ? [] : calendar(setting);
  return [...orders(setting), ...watchedRows(setting), ...inAHurry(setting), ...year, ...longerPlans(setting)];
}

/** Each read and two writes that change it, in every order of three; the reads of the end come after. */
function orders({ shape, seed }: Setting): RunPlan[] {
  const sequences = writersOf(shape).flatMap(({ read, writes }) => everyOrder([read, ...writes.slice(0, 2)], 3));
  return sequences.map((refs) => ({ phases: inSequence(refs), probe: true, seed }));
}

function everyOrder(refs: readonly RequestRef[], length: number): RequestRef[][] {
  if (length === 0) return [[]];
  return everyOrder(refs, length - 1).flatMap((order) => refs.map((ref) => [...order, ref]));
}

/**
 * A read after each of many writes, on one instance as in a service of one process, where the database also takes its
 * time, and on both in turn, where it takes none.
 */
function watchedRows({ shape, seed, small }: Setting): RunPlan[] {
  return writersOf(shape).flatMap(({ read, writes }) => {
    const refs = countTo(WATCHED, (n) => [writes[n % writes.length] ?? read, read]).flat();
    const alone = refs.map((ref): Phase => ({ actors: [{ ref, instance: 0 }] }));
    const byTurns = { phases: inSequence([read, ...refs]), probe: true, seed };
    return small ? [byTurns] : [{ phases: alone, paced: true, probe: true, seed }, byTurns];
  });
}

/**
 * A year of reads and writes, at all hours: what is right on Mondays only, or from nine to five, is not right. Of one
 * read: who looks at the date does so for every one.
 */
function calendar({ shape, seed }: Setting): RunPlan[] {
  const one = writersOf(shape).slice(0, 1);
  return one.map(({ read, writes }) => {
    const phases = countTo(VISITS, (n): Phase[] => {
      const [first, ...others] = inSequence([read, writes[n % writes.length] ?? read, read], n % 2 === 0 ? 0 : 1);
      const wait = (DAYS[n % DAYS.length] ?? 0) * 24 * HOUR + HOUR;
      return first === undefined ? [] : [{ ...first, wait }, ...others];
    });
    return { phases: phases.flat(), probe: true, seed };
  });
}

function inAHurry({ shape, seed }: Setting): RunPlan[] {
  return writersOf(shape).map(({ read, writes }) => {
    const refs = countTo(4, (n) => [writes[n % writes.length] ?? read, read]).flat();
    const phases = inSequence([read, ...refs]).map((phase) => ({ ...phase, wait: HURRY }));
    return { phases, probe: true, seed };
  });
}

function longerPlans({ shape, seed, small }: Setting): RunPlan[] {
  return countTo(small ? 2 : LONGER, (n) => {
    const name = `${seed}/longer-${n}`;
    const random = createRandom(name);
    const refs = countTo(random.integer(5, LONGEST), () => anyRequest(shape, random));
    return { phases: inSequence(refs, n % 2 === 0 ? 0 : 1), probe: true, seed: name };
  });
}

function anyRequest(shape: CastShape, random: Random): RequestRef {
  const isWrite = shape.writes > 0 && random.integer(0, 4) < 2;
  return isWrite ? writeRef(random.integer(0, shape.writes - 1)) : readRef(random.integer(0, shape.reads - 1));
}

/**
 * A write and its read, played again around the end of each time to live that they used. What tells of a write must not
 * end before what it made untrue; and a counter that starts anew must not come upon what was stored under its numbers.
 */
function untilEntriesExpire({ plan, events }: History): RunPlan[] {
  const [write, read, again] = plan.phases.map(({ actors }) => actors[0]);
  const isPlain = plan.phases.length === 3 && plan.phases.every(({ wait }) => wait === undefined);
  if (!isPlain || write?.ref.startsWith("w") !== true || read === undefined || read.ref !== again?.ref) return [];
  if (read.ref.startsWith("w")) return [];
  const lives = events.flatMap((event) => (event.kind === "cache" ? (event.timeToLive ?? []) : []));
  return [...new Set(lives)].slice(0, MOST_LIVES).flatMap((life) =>
    [
      [{ actors: [read] }, { actors: [write] }, { actors: [read], wait: life }],
      [{ actors: [write] }, { actors: [read], wait: Math.max(0, life - 1) }, { actors: [write] }, { actors: [read] }],
    ].map((phases): RunPlan => ({ ...plan, phases })),
  );
}
