/** Exploration: every schedule within the bound, each once, fewest switches first. */
import { expect, test } from "vitest";
import type { ChoicePoint, RunPlan } from "../vocabulary.ts";
import { createBudget } from "./budget.ts";
import { explore } from "./explore.ts";
import { forget, cachedRead, later, rightService, write } from "./model-handlers.test-support.ts";
import { modelRun } from "./model-run.test-support.ts";

const plan: RunPlan = {
  phases: [
    {
      actors: [
        { ref: "r0", instance: 0 },
        { ref: "w0", instance: 1 },
      ],
    },
  ],
  probe: false,
  seed: "s",
};

async function seenWith(
  switches: number,
  service = rightService,
  of = plan,
): Promise<{ schedules: string[]; costs: number[] }> {
  const schedules: string[] = [];
  const costs: number[] = [];
  const watch = ({ schedule, switches: cost }: { schedule: readonly number[]; switches: number }): void => {
    schedules.push(schedule.join(" "));
    costs.push(cost);
  };
  const budget = createBudget({ schedules: 100_000, expired: () => false });
  await explore({ run: modelRun(service), plans: [of], switches, budget, watch, judge: () => null });
  return { schedules, costs };
}

/** The same set, found the slow way: every list of choices, depth first, without any idea of switches. */
async function everySchedule(most: number, service = rightService, of = plan): Promise<string[]> {
  const found: string[] = [];
  const run = modelRun(service);
  const walk = async (choices: readonly number[]): Promise<void> => {
    let step = -1;
    let widths: number[] = [];
    const chooser = {
      choose: ({ options }: ChoicePoint): number => {
        step += 1;
        widths = [...widths, options.length];
        return choices[step] ?? 0;
      },
    };
    const { schedule, switches } = await run(of, chooser);
    if (switches <= most) found.push(schedule.join(" "));
    for (let at = choices.length; at < widths.length; at += 1) {
      const rest = Array.from({ length: at - choices.length }, () => 0);
      for (let index = 1; index < (widths[at] ?? 0); index += 1) await walk([...choices, ...rest, index]);
    }
  };
  await walk([]);
  return found;
}

test.each([0, 1, 2])(
  "finds what a search without a bound finds, with at most %i switches, each once",
  async (switches) => {
    const { schedules } = await seenWith(switches);
    expect(new Set(schedules).size).toBe(schedules.length);
    expect(schedules.toSorted()).toEqual((await everySchedule(switches)).toSorted());
  },
);

test("steps left behind may run at any later time", async () => {
  const careless = {
    read: cachedRead,
    write: write({ after: (item) => [{ do: "leave", steps: later(forget(item)) }] }),
  };
  const sequence: RunPlan = {
    ...plan,
    phases: [{ actors: [{ ref: "w0", instance: 0 }] }, { actors: [{ ref: "r0", instance: 1 }] }],
  };
  const { schedules } = await seenWith(0, careless, sequence);
  expect(schedules.toSorted()).toEqual((await everySchedule(0, careless, sequence)).toSorted());
  expect(schedules.length).toBeGreaterThan(1);
});

test("goes from few switches to many", async () => {
  const { costs } = await seenWith(3);
  expect(costs).toEqual(costs.toSorted((one, other) => one - other));
  expect(new Set(costs)).toEqual(new Set([0, 1, 2, 3]));
});

test("an empty budget is not complete", async () => {
  const budget = createBudget({ schedules: 3, expired: () => false });
  const explored = await explore({
    run: modelRun(rightService),
    plans: [plan],
    switches: 1,
    budget,
    judge: () => null,
  });
  expect(explored).toMatchObject({ complete: false, schedules: 3 });
});

test("stops at the first finding", async () => {
  const budget = createBudget({ schedules: 100, expired: () => false });
  const finding = { property: "p", kind: "stale" as const, request: 0, detail: "" };
  const explored = await explore({
    run: modelRun(rightService),
    plans: [plan],
    switches: 1,
    budget,
    judge: ({ switches }) => (switches === 1 ? finding : null),
  });
  expect(explored.failure?.history.switches).toBe(1);
  expect(budget.spent).toBe(explored.schedules);
});
