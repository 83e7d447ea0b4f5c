/** Lanes: no more than allowed, each used by one run at a time, calls served in their order. */
import { expect, test } from "vitest";
import type { History, Run, RunPlan } from "../vocabulary.ts";
import { createLanes } from "./create-lanes.ts";

const FIRST = { choose: (): number => 0 };

function plan(seed: string): RunPlan {
  return { phases: [], probe: false, seed };
}

/** Runs that end when they are told to, and what has begun so far. */
function slowLanes(most: number): {
  run: Run;
  begun: string[];
  made: () => number;
  end: (seed: string, error?: Error) => void;
} {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  let made = 0;
  const make = (): Run => {
    const lane = (made += 1);
    return ({ seed }) => {
      begun.push(`${seed} in ${String(lane)}`);
      return new Promise((resolve, reject) => {
        ends.set(seed, (error) => (error === undefined ? resolve({} as History) : reject(error)));
      });
    };
  };
  return { run: createLanes(most, make), begun, made: () => made, end: (seed, error) => ends.get(seed)?.(error) };
}

test("a call begins at once while there is a lane, and waits its turn when there is none", async () => {
  const { run, begun, made, end } = slowLanes(2);
  const runs = ["a", "b", "c", "d"].map((seed) => run(plan(seed), FIRST));
  await Promise.resolve();
  expect(begun).toEqual(["a in 1", "b in 2"]);
  end("b");
  await runs[1];
  await Promise.resolve();
  expect(begun).toEqual(["a in 1", "b in 2", "c in 2"]);
  end("a");
  end("c");
  await Promise.all([runs[0], runs[2]]);
  await Promise.resolve();
  expect(begun).toEqual(["a in 1", "b in 2", "c in 2", "d in 1"]);
  expect(made()).toBe(2);
  end("d");
  await runs[3];
});

test("a run that fails leaves its lane to the next", async () => {
  const { run, begun, end } = slowLanes(1);
  const [failing, next] = [run(plan("a"), FIRST), run(plan("b"), FIRST)];
  await Promise.resolve();
  end("a", new Error("gone"));
  await expect(failing).rejects.toThrow("gone");
  await Promise.resolve();
  expect(begun).toEqual(["a in 1", "b in 1"]);
  end("b");
  await next;
});
