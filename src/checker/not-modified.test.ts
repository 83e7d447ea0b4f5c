/** The whole check over model services behind ETags: what a client keeps is judged, named, and hides nothing. */
import { expect, test } from "vitest";
import type { Json, Run, Verdict } from "../vocabulary.ts";
import { check } from "./check.ts";
import type { Service } from "./model-handlers.test-support.ts";
import { cachedRead, HOUR, rightService, write } from "./model-handlers.test-support.ts";
import { modelRun, modelShape } from "./model-run.test-support.ts";

const scenario = { slug: "model", requiredStars: 2 as const, usefulFor: 1_800_000, costly: ["logs"] };

async function judge(run: Run): Promise<Verdict> {
  const options = { stars: 2 as const, seed: "seed", budget: 20_000, thorough: false, expired: () => false };
  return await check({ scenario, shape: modelShape, run, ...options });
}

/** Whoever asks a second time is told 304, and goes on with what `kept` says. */
function behindTags(run: Run, kept: (seen: { first: Json; truth: Json }) => Json): Run {
  return async (plan, chooser) => {
    const history = await run(plan, chooser);
    if (plan.forgetfulClients === true || plan.repairs?.some(({ kind }) => kind === "forget-answers")) return history;
    const requests = history.requests.map((record, position) => {
      const first = history.requests.find(
        ({ ref, answered }) => ref === record.ref && (answered ?? Infinity) < record.arrived,
      );
      if (record.role !== "read" || record.response === null || !first?.response) return record;
      const version = history.versions.findLast(({ event }) => event <= (record.answered ?? 0));
      const body = kept({ first: first.response.body, truth: version?.outcomes[position]?.body ?? null });
      return { ...record, response: { ...record.response, body, notModified: true as const } };
    });
    return { ...history, requests };
  };
}

/** Looks for the tag in an entry of its own before anything else. */
const tagged: Service = {
  ...rightService,
  read: function* (request) {
    const tag = yield { do: "get", key: `tag_${request.item}` };
    if (typeof tag !== "string") yield { do: "set", key: `tag_${request.item}`, value: "1", ttl: HOUR };
    return yield* cachedRead(request);
  },
};

test("a tag that stays although the answer changes is named, and no entry is blamed for it", async () => {
  const verdict = await judge(behindTags(modelRun(tagged), ({ first }) => first));
  const { counterexample, cause } = verdict;
  expect([verdict.verdict, verdict.stars, cause]).toEqual(["fail", 0, "etag-unchanged"]);
  expect(counterexample).not.toHaveProperty("entry");
  expect(counterexample?.steps.map(({ mark }) => mark)).not.toContain("poison");
  expect(counterexample?.steps.at(-1)).toMatchObject({ text: "← 304", mark: "served" });
  expect(counterexample?.proof).toContain("If-None-Match");
});

test("a right tag before an entry that is never invalidated hides it from nobody else", async () => {
  const stale = modelRun({ read: cachedRead, write: write({}) });
  const verdict = await judge(behindTags(stale, ({ truth }) => truth));
  expect([verdict.verdict, verdict.stars, verdict.cause]).toEqual(["fail", 0, "never-invalidated"]);
});

test("right tags before a right service pass", async () => {
  const verdict = await judge(behindTags(modelRun(rightService), ({ truth }) => truth));
  expect([verdict.verdict, verdict.stars]).toEqual(["pass", 2]);
});
