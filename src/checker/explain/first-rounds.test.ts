/** Loops that await and never end, from the run to the story: the cause, and few enough steps to read. */
import { expect, test } from "vitest";
import type { Verdict } from "../../vocabulary.ts";
import { check } from "../check.ts";
import type { Service, Step } from "../model-handlers.test-support.ts";
import { cachedRead, forget } from "../model-handlers.test-support.ts";
import { modelRun, modelShape } from "../model-run.test-support.ts";

const scenario = { slug: "model", requiredStars: 2 as const, usefulFor: 1_800_000, costly: ["logs"] };

async function judge(write: Service["write"]): Promise<Verdict> {
  const options = { scenario, stars: 2 as const, seed: "seed", budget: 20_000, thorough: false, expired: () => false };
  return await check({ ...options, shape: modelShape, run: modelRun({ read: cachedRead, write }) });
}

function spin(step: (round: number) => Step): Service["write"] {
  return function* () {
    yield { do: "insert" };
    for (let round = 1; ; round += 1) yield step(round);
  };
}

test.each<[string, (round: number) => Step, number]>([
  ["the same step each time", () => forget(1), 3],
  ["another step each time", (round) => forget(round), 38],
])("a loop with %s is named and told in a few steps", async (_, step, told) => {
  const { verdict, cause, counterexample } = await judge(spin(step));
  expect({ verdict, cause }).toEqual({ verdict: "timed-out", cause: "endless-loop" });
  const deletes = counterexample?.steps.filter(({ text }) => text.startsWith("cache.delete"));
  expect(deletes).toHaveLength(told);
  expect(counterexample?.sentence).toContain("comes to no end");
});

test("a request that only waits is told whole and named otherwise", async () => {
  const waits: Service["write"] = function* () {
    for (let visit = 0; visit < 60; visit += 1) yield forget(1);
    yield { do: "never" };
    return { status: 201, body: null };
  };
  const { cause, counterexample } = await judge(waits);
  expect(cause).toBe("never-answers");
  expect(counterexample?.steps.filter(({ kind }) => kind === "cache")).toHaveLength(60);
});
