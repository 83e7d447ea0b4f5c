/** Mistakes that show only after several writes, or only when something has expired. */
import { expect, test } from "vitest";
import { check } from "../check.ts";
import { cachedRead, forget, HOUR, key, type Service, type Step } from "../model-handlers.test-support.ts";
import { modelRun, modelShape } from "../model-run.test-support.ts";
import { freshInSequence } from "./fresh-in-sequence.ts";

const scenario = { slug: "model", requiredStars: 1 as const, usefulFor: HOUR / 2, costly: ["logs"] };

async function brokenBy(service: Service): Promise<{ verdict: string; broken: string[] }> {
  const { verdict, properties } = await check({
    scenario,
    shape: modelShape,
    run: modelRun(service),
    seed: "several",
    stars: 1,
    budget: 20_000,
    thorough: false,
    expired: () => false,
  });
  return {
    verdict,
    broken: properties.flatMap(({ id, star, outcome }) => (outcome === "broken" && star === 1 ? id : [])),
  };
}

const STALE = { verdict: "fail", broken: ["fresh-in-sequence"] };

/** Counts the writes of an item in the cache itself; `after` sees the count, this write included. */
function counting(ttl: number | null, after: (item: number, count: number) => Step[]): Service["write"] {
  return function* ({ item }) {
    const id = yield { do: "insert" };
    const count = Number((yield { do: "get", key: `count_${item}` }) ?? 0) + 1;
    yield { do: "set", key: `count_${item}`, value: count, ...(ttl === null ? {} : { ttl }) };
    yield* after(item, count);
    return { status: 201, body: { id } };
  };
}

test.each([2, 3, 7, 12])("a write that forgets every %i-th time", async (n) => {
  const write = counting(null, (item, count) => (count % n === 0 ? [] : [forget(item)]));
  expect(await brokenBy({ read: cachedRead, write })).toEqual(STALE);
});

const versioned: Service["read"] = function* ({ item }) {
  const version = Number((yield { do: "get", key: `count_${item}` }) ?? 0);
  const name = `${key(item)}_${version}`;
  const hit = yield { do: "get", key: name };
  if (hit !== null) return { status: 200, body: hit };
  const value = { item, total: yield { do: "select" } };
  yield { do: "set", key: name, value, ttl: HOUR };
  return { status: 200, body: value };
};

test.each([
  ["sooner than the entries, which nobody finds then", HOUR / 60, ["still-cached"]],
  ["as late as the entries, and starts at one again", HOUR, []],
  ["after a day, and comes upon an entry of its own number", 24 * HOUR, []],
])("a version that expires %s", async (_, ttl, others) => {
  const { broken } = await brokenBy({ read: versioned, write: counting(ttl, () => []) });
  expect(broken).toEqual(["fresh-in-sequence", ...others]);
});

test("a version that never expires", async () => {
  expect(await brokenBy({ read: versioned, write: counting(null, () => []) })).toEqual({
    verdict: "pass",
    broken: [],
  });
});

test("each of the others is asked for after every other one", () => {
  const shape = { ...modelShape, others: 2, changes: [] };
  const plans = freshInSequence.plans({ shape, seed: "others", usefulFor: HOUR / 2, thorough: false, small: false });
  const refs = plans.map(({ phases }) => phases.flatMap(({ actors }) => actors.map(({ ref }) => ref)));
  expect(refs).toEqual([["o0", "o1", "o1", "o0", "o0", "o1"]]);
});
