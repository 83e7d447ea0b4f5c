/** What is played first, over handlers that have served nothing: a failure that comes only once is not overlooked. */
import { expect, test } from "vitest";
import type { History, Run } from "../vocabulary.ts";
import { confirmEqualStarts } from "./confirm-equal-starts.ts";
import { cachedRead, rightService, write } from "./model-handlers.test-support.ts";
import { modelRun, modelShape } from "./model-run.test-support.ts";

const scenario = { slug: "model", requiredStars: 2 as const, usefulFor: 1_800_000, costly: ["logs"] };
const forgetful = modelRun({ read: cachedRead, write: write({}) });
const right = modelRun(rightService);

function over(run: Run, shape = modelShape): ReturnType<typeof confirmEqualStarts> {
  return confirmEqualStarts({
    scenario,
    shape,
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

test("the first shared read is asked for while both have as much behind them", async () => {
  const asked: string[] = [];
  const noting: Run = async (plan, chooser) => {
    asked.push(plan.phases.flatMap(({ actors }) => actors.map(({ ref, instance }) => `${ref}${instance}`)).join(" "));
    return await right(plan, chooser);
  };
  await over(noting, { ...modelShape, shared: [1, 2] });
  expect(asked.slice(0, 3)).toEqual(["w00 r01 w01 r00", "w00 r11 w21 r10", "w10 r01 w11 r00"]);
});

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
