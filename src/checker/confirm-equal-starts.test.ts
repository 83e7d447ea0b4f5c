/** What is played first, over handlers that have served nothing: a failure that comes only once is not overlooked. */
import { expect, test } from "vitest";
import type { History, Run } from "../vocabulary.ts";
import { confirmEqualStarts } from "./confirm-equal-starts.ts";
import { cachedRead, rightService, write } from "./model-handlers.test-support.ts";
import { modelRun, modelShape } from "./model-run.test-support.ts";

const scenario = { slug: "model", requiredStars: 2 as const, usefulFor: 1_800_000, costly: ["logs"] };
const forgetful = modelRun({ read: cachedRead, write: write({}) });
const right = modelRun(rightService);

function over(run: Run): ReturnType<typeof confirmEqualStarts> {
  return confirmEqualStarts({
    scenario,
    shape: modelShape,
    run,
    seed: "seed/confirm",
    stars: [1, 2],
    expired: () => false,
  });
}

/** The first world is another service's. */
function firstOf(first: Run, rest: Run): Run {
  let played = 0;
  return (plan, chooser) => {
    played += 1;
    return (played === 1 ? first : rest)(plan, chooser);
  };
}

test("nothing to say about a right service", async () => {
  expect(await over(right)).toBeNull();
});

test("an old answer is told as a broken star", async () => {
  expect(await over(forgetful)).toMatchObject({
    broken: [{ property: "fresh-in-sequence", star: 1, cause: "never-invalidated" }],
    complete: false,
  });
});

test("an old answer that does not show again is not a pass", async () => {
  expect(await over(firstOf(forgetful, right))).toMatchObject({ broken: [], schedules: 1, complete: false });
});

test("nor is an answer that never came", async () => {
  const stuck: Run = async (plan, chooser): Promise<History> => ({
    ...(await right(plan, chooser)),
    end: { kind: "stuck", actors: [0] },
  });
  expect(await over(firstOf(stuck, right))).toMatchObject({ broken: [], schedules: 1, complete: false });
});
