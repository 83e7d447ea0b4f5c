/** What is learnt of timers from histories, and what is passed over for it. */
import { expect, test } from "vitest";
import type { ChoicePoint, History, Option, RequestRecord } from "../../vocabulary.ts";
import { type Beginning, branches, EMPTY } from "./exhaustive.ts";
import { QuietTimers } from "./quiet-timers.ts";

const ARRIVAL: Option = { id: 10, actor: 1, kind: "arrival", cost: 0 };
const CACHE: Option = { id: 8, actor: 1, kind: "cache", cost: 0 };

function timer(cost: 0 | 1 = 0, delay = 200): Option {
  return { id: 3, actor: 0, kind: "timer", cost, timer: { delay, left: true } };
}

/** Plays the first option of each point; `idle`: at which a timer did nothing. */
function history(points: readonly (readonly Option[])[], idle: readonly number[] = []): History {
  const requests = [
    { role: "write", method: "POST" },
    { role: "read", method: "GET" },
  ] as RequestRecord[];
  const schedule = points.map(([first]) => first?.id ?? -1);
  return {
    requests,
    schedule,
    idle,
    points: points.map((options): ChoicePoint => ({ options })),
  } as unknown as History;
}

function learnt(times: number, of: History): QuietTimers {
  const quiet = new QuietTimers();
  for (let n = 0; n < times; n += 1) quiet.learn(of);
  return quiet;
}

function beginnings(of: History): Beginning[] {
  return [...branches(EMPTY, of)];
}

const firesBefore = history([[timer(), ARRIVAL], [ARRIVAL]], [0]);
const offeredBefore = history([[ARRIVAL, timer()]]);
const offeredAmid = history([[CACHE, timer(1)]]);

test("what leads to no other schedule than a quiet timer's is passed over, once it was quiet twenty times", () => {
  for (const of of [firesBefore, offeredBefore]) {
    const [only] = beginnings(of) as [Beginning];
    expect(learnt(19, firesBefore).passesOver(only)).toBe(false);
    expect(learnt(20, firesBefore).passesOver(only)).toBe(true);
  }
});

test("between the steps of others it has to be quiet by itself", () => {
  const [amid] = beginnings(offeredAmid) as [Beginning];
  expect(learnt(20, firesBefore).passesOver(amid)).toBe(false);
  expect(learnt(20, history([[timer(1)]], [0])).passesOver(amid)).toBe(true);
});

test("each delay is a kind of its own, and what is no timer is never passed over", () => {
  const quiet = learnt(20, firesBefore);
  const [other] = beginnings(history([[ARRIVAL, timer(0, 300)]])) as [Beginning];
  const [step] = beginnings(history([[ARRIVAL, CACHE]])) as [Beginning];
  expect([quiet.passesOver(other), quiet.passesOver(step)]).toEqual([false, false]);
});

test("one that does something is not passed over, and a mistake if it was", () => {
  const acts = history([[timer(), ARRIVAL], [ARRIVAL]]);
  const [before] = beginnings(offeredBefore) as [Beginning];
  const early = learnt(19, firesBefore);
  early.learn(acts);
  expect(early.mistaken).toBe(false);
  const late = learnt(20, firesBefore);
  late.learn(acts);
  expect(late.mistaken).toBe(true);
  const again = new QuietTimers(late.active);
  for (let n = 0; n < 20; n += 1) again.learn(firesBefore);
  again.learn(acts);
  expect([again.passesOver(before), again.mistaken]).toEqual([false, false]);
});

test("nothing leaves a schedule in which a timer has just fired for nothing, unless all of it is asked for", () => {
  const points = [
    [ARRIVAL, timer()],
    [CACHE, ARRIVAL],
  ];
  const played: History = { ...history(points, [0]), schedule: [3, 8] };
  const beginning: Beginning = { ...EMPTY, last: 3 };
  expect([...branches(beginning, played)]).toEqual([]);
  expect([...branches(beginning, played, { full: true })]).toHaveLength(1);
});
