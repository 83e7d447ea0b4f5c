/** The two numbers of a story: each step says what was last answered and what the database held by then. */
import { expect, test } from "vitest";
import type { Json, StoryStep } from "../../vocabulary.ts";
import { check } from "../check.ts";
import { cachedRead, write } from "../model-handlers.test-support.ts";
import { modelRun, modelShape } from "../model-run.test-support.ts";

const scenario = { slug: "model", requiredStars: 2, usefulFor: 1_800_000, costly: ["logs"] } as const;
const options = { shape: modelShape, stars: 2, seed: "seed", budget: 20_000, thorough: false, expired: () => false };

async function stepsOf(story?: { figure(body: Json): number }): Promise<readonly StoryStep[]> {
  const run = modelRun({ read: cachedRead, write: write({}) });
  const verdict = await check({ ...options, stars: 2, run, scenario: { ...scenario, ...(story && { story }) } });
  return verdict.counterexample?.steps ?? [];
}

const totalIn = (body: Json): number => (body as { total: number }).total;

test("the database's number moves with the commit, the shown one with an answer to that question", async () => {
  const steps = await stepsOf({ figure: totalIn });
  const [first] = steps;
  const before = first?.figures?.actual ?? Number.NaN;
  const answers = steps.filter(({ kind }) => kind === "answer").map(({ figures }) => figures);
  expect(first?.figures).toEqual({ shown: null, actual: before });
  expect(answers).toEqual([
    { shown: before, actual: before },
    { shown: before, actual: before + 1 },
    { shown: before, actual: before + 1 },
  ]);
});

test("a story without a figure has none, and neither has one whose figure cannot be read", async () => {
  const unreadable = await stepsOf({ figure: () => Number.NaN });
  const steps = [...(await stepsOf()), ...unreadable];
  expect(steps.length).toBeGreaterThan(6);
  expect(steps.filter(({ figures }) => figures !== undefined)).toEqual([]);
});
