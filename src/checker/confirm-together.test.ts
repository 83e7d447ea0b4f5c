/** The confirm run side by side: the same schedules as one after the other, and silent about whatever is wrong. */
import { expect, test } from "vitest";
import type { History, Run } from "../vocabulary.ts";
import { confirm, type ConfirmOptions } from "./confirm.ts";
import { confirmStoryTogether, confirmTogether } from "./confirm-together.ts";
import type { Service } from "./model-handlers.test-support.ts";
import { cachedRead, forget, rightService, tokenService, write } from "./model-handlers.test-support.ts";
import { modelRun, modelShape } from "./model-run.test-support.ts";
import { inSequence } from "./properties/phases.ts";

const scenario = { slug: "model", requiredStars: 2 as const, usefulFor: 1_800_000, costly: ["logs"] };

function optionsFor(run: Run, stars: ConfirmOptions["stars"] = [1, 2]): ConfirmOptions {
  return { scenario, shape: modelShape, run, seed: "seed/confirm", stars, expired: () => false };
}

/** Worlds that can only be played alone: beside another one, nobody is answered. */
function alone(run: Run): Run {
  let playing = 0;
  return async (plan, chooser) => {
    playing += 1;
    await Promise.resolve();
    const history = await run(plan, chooser);
    const crowded = playing > 1;
    playing -= 1;
    return crowded ? { ...history, end: { kind: "stuck", actors: [0] } } : history;
  };
}

test.each<[string, Service, ConfirmOptions["stars"]]>([
  ["two stars of a delete after the write", rightService, [1, 2]],
  ["two stars of a token", tokenService, [1, 2]],
])("%s are confirmed as one after the other", async (_, service, stars) => {
  const options = optionsFor(modelRun(service), stars);
  const together = await confirmTogether(options);
  expect(together).toMatchObject({ broken: [], complete: true });
  expect(together).toEqual(await confirm(options));
});

test.each<[string, Service, ConfirmOptions["stars"]]>([
  ["never invalidates", { read: cachedRead, write: write({}) }, [1, 2]],
  ["invalidates before it writes", { read: cachedRead, write: write({ before: (item) => [forget(item)] }) }, [1, 2]],
  ["loses a race", rightService, [3]],
  ["never answers", { read: cachedRead, write: write({ after: () => [{ do: "never" }] }) }, [1, 2]],
])("it has nothing to say about a service that %s", async (_, service, stars) => {
  expect(await confirmTogether(optionsFor(modelRun(service), stars))).toBeNull();
});

test("nor about one that only works while one world is played at a time", async () => {
  const run = alone(modelRun(rightService));
  expect(await confirmTogether(optionsFor(run))).toBeNull();
  expect(await confirm(optionsFor(run))).toMatchObject({ broken: [], complete: true });
});

test("time that runs out is nothing to say either", async () => {
  const options = { ...optionsFor(modelRun(rightService)), expired: () => true };
  expect(await confirmTogether(options)).toBeNull();
});

test("a story is played in the order of its plans, and says nothing when an answer is old", async () => {
  const plans = (["r0", "w0"] as const).map((ref) => ({ phases: inSequence([ref, "r0"]), probe: true, seed: "story" }));
  const told = (service: Service): Promise<readonly History[] | null> =>
    confirmStoryTogether({ run: modelRun(service), scenario, plans });
  expect((await told(rightService))?.map(({ plan }) => plan)).toEqual(plans);
  const read = inSequence(["r0", "w0", "r0"]);
  const forgetful = modelRun({ read: cachedRead, write: write({}) });
  expect(
    await confirmStoryTogether({
      run: forgetful,
      scenario,
      plans: [...plans, { phases: read, probe: false, seed: "s" }],
    }),
  ).toBeNull();
});
