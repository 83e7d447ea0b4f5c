/** The choosers: seeded chance that finds races, strict and lenient replay. */
import { expect, test } from "vitest";
import type { History, Option, RunPlan } from "../../vocabulary.ts";
import { judgeAnswers } from "../judge/answers.ts";
import { rightService } from "../model-handlers.test-support.ts";
import { modelRun } from "../model-run.test-support.ts";
import { createRandom } from "../random.ts";
import { randomChooser } from "./random.ts";
import { followOrder, replaySchedule } from "./replay.ts";

const run = modelRun(rightService);
const plan: RunPlan = {
  phases: [
    {
      actors: [
        { ref: "r0", instance: 0 },
        { ref: "w0", instance: 1 },
        { ref: "r0", instance: 1 },
      ],
    },
  ],
  probe: true,
  seed: "s",
};

async function atRandom(seed: string, times: number): Promise<History[]> {
  const random = createRandom(seed);
  const histories: History[] = [];
  for (let n = 0; n < times; n += 1) histories.push(await run(plan, randomChooser({ random, steps: 12, depth: 3 })));
  return histories;
}

test("the same seed chooses the same, another seed otherwise", async () => {
  const schedules = async (seed: string): Promise<unknown> =>
    (await atRandom(seed, 20)).map(({ schedule }) => schedule);
  expect(await schedules("a")).toEqual(await schedules("a"));
  expect(await schedules("a")).not.toEqual(await schedules("b"));
});

test("chance finds a late fill within a few hundred runs", async () => {
  const found = (await atRandom("a", 300)).filter((history) => judgeAnswers("p", history) !== null);
  expect(found.length).toBeGreaterThan(0);
});

test("a deeper search switches more often", async () => {
  const random = createRandom("depth");
  const switchesAt = async (depth: number): Promise<number> => {
    let sum = 0;
    for (let n = 0; n < 50; n += 1) sum += (await run(plan, randomChooser({ random, steps: 12, depth }))).switches;
    return sum;
  };
  expect(await switchesAt(1)).toBe(0);
  expect(await switchesAt(3)).toBeGreaterThan(0);
});

test("a strict replay is the same history, and diverges where it cannot be", async () => {
  const [history] = await atRandom("a", 1);
  const schedule = history?.schedule ?? [];
  expect(await run(plan, replaySchedule(schedule))).toEqual(history);
  expect((await run(plan, replaySchedule([99, ...schedule]))).end.kind).toBe("diverged");
  expect((await run(plan, replaySchedule(schedule.slice(0, -1)))).end.kind).toBe("diverged");
});

test("a lenient replay of the same plan is the same history", async () => {
  for (const history of await atRandom("a", 20)) {
    expect((await run(plan, followOrder(history))).schedule).toEqual(history.schedule);
  }
});

test("a lenient replay keeps the order of those who are left", async () => {
  const smaller: RunPlan = {
    ...plan,
    phases: [
      {
        actors: [
          { ref: "w0", instance: 1 },
          { ref: "r0", instance: 1 },
        ],
      },
    ],
  };
  for (const history of await atRandom("a", 20)) {
    const left = await run(
      smaller,
      followOrder(history, (actor) => (actor === 0 ? null : actor - 1)),
    );
    const arrivals = history.schedule.filter((id) => id % 8 === 7 && id >= 8).map((id) => id - 8);
    expect(left.schedule.filter((id) => id % 8 === 7)).toEqual(arrivals);
  }
});

test("whoever was done in the recorded order is done first in a changed plan as well", () => {
  const option = (actor: number, slot: number): Option => ({ id: actor * 8 + slot, actor, kind: "cache", cost: 0 });
  const recorded = {
    schedule: [0, 8],
    points: [{ options: [option(0, 0), option(1, 0)] }, { options: [option(1, 0)] }],
  };
  const chooser = followOrder(recorded);
  const chosen = [
    chooser.choose({ options: [option(1, 0), option(0, 0)] }),
    chooser.choose({ options: [option(1, 0), option(0, 3)] }),
    chooser.choose({ options: [option(2, 0), option(1, 0)] }),
  ];
  expect(chosen).toEqual([1, 1, 1]);
});
