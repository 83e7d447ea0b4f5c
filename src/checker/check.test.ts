/** The whole check over model services: each wrong service gets its star, verdict and cause; right ones pass. */
import { expect, test } from "vitest";
import type { Cause, Run, Star, Verdict, VerdictKind } from "../vocabulary.ts";
import { check } from "./check.ts";
import { replaySchedule } from "./choose/replay.ts";
import { confirm } from "./confirm.ts";
import type { Service, Step } from "./model-handlers.test-support.ts";
import {
  cachedRead,
  forget,
  HOUR,
  key,
  later,
  readUnder,
  rightService,
  tokenService,
  write,
} from "./model-handlers.test-support.ts";
import { modelRun, modelShape } from "./model-run.test-support.ts";
import { attemptsFor } from "./explain/repairs.ts";
import { inSequence } from "./properties/phases.ts";
import { playAgain } from "./play-again.ts";
import { freshInSequence } from "./properties/fresh-in-sequence.ts";
import { stillCached } from "./properties/still-cached.ts";
import { findingReplays, replayToken } from "./replay-token.ts";
import { decodeToken } from "./token.ts";

const scenario = { slug: "model", requiredStars: 2 as const, usefulFor: 1_800_000, costly: ["logs"] };

async function judge(service: Service, more: Partial<Parameters<typeof check>[0]> = {}): Promise<Verdict> {
  const options = { stars: 2 as const, seed: "seed", budget: 20_000, thorough: false, expired: () => false };
  return await check({ scenario, shape: modelShape, run: modelRun(service), ...options, ...more });
}

const read = cachedRead;
const shared = new Map<string, Service>([
  ["never-invalidated", { read, write: write({}) }],
  ["wrong-key", { read, write: write({ after: (item) => [{ do: "delete", key: `stat_${item}` }] }) }],
  ["invalidated-before-write", { read, write: write({ before: (item) => [forget(item)] }) }],
  [
    "invalidated-before-commit",
    { read, write: write({ before: () => [{ do: "begin" }], after: (item) => [forget(item), { do: "commit" }] }) },
  ],
  ["delete-not-awaited", { read, write: write({ after: (item) => [{ do: "leave", steps: later(forget(item)) }] }) }],
  [
    "set-not-awaited",
    {
      read: function* ({ item }) {
        const hit = yield { do: "get", key: key(item) };
        if (hit !== null) return { status: 200, body: hit };
        const value = { item, total: yield { do: "select" } };
        yield { do: "leave", steps: later({ do: "set", key: key(item), value, ttl: HOUR }) };
        return { status: 200, body: value };
      },
      write: write({ after: (item) => [forget(item)] }),
    },
  ],
  [
    "key-not-unique",
    { read: readUnder(() => "stats"), write: write({ after: () => [{ do: "delete", key: "stats" }] }) },
  ],
  ["cleared-everything", { read, write: write({ after: () => [{ do: "clear" }] }) }],
  ["ttl-shortened", { read: readUnder(key, 60_000), write: write({ after: (item) => [forget(item)] }) }],
  [
    "value-patched",
    {
      read,
      write: write({ after: (item) => [{ do: "set", key: key(item), value: { item, total: 1_000 }, ttl: HOUR }] }),
    },
  ],
]);

const wrong: readonly [Cause, Star][] = [
  ["key-not-unique", 1],
  ["never-invalidated", 1],
  ["wrong-key", 1],
  ["invalidated-before-write", 2],
  ["invalidated-before-commit", 2],
  ["delete-not-awaited", 1],
  ["set-not-awaited", 1],
  ["cleared-everything", 2],
  ["ttl-shortened", 1],
  ["value-patched", 1],
];

test.each(wrong)("%s fails at star %i with its cause", async (cause, star) => {
  const verdict = await judge(serviceOf(cause));
  expect(summary(verdict)).toEqual({ verdict: "fail", stars: star - 1, cause });
});

test("a write that invalidates for some requests only", async () => {
  let calls = 0;
  const partial: Service = {
    read,
    write: function* ({ item }) {
      const id = yield { do: "insert" };
      if (item === 0) yield forget(item);
      calls += 1;
      return { status: 201, body: { id } };
    },
  };
  expect(summary(await judge(partial))).toEqual({ verdict: "fail", stars: 0, cause: "only-some-requests" });
  expect(calls).toBeGreaterThan(0);
});

test("a write that invalidates only the second time", async () => {
  const forgetful: Service = {
    read,
    write: function* ({ item, memory }) {
      const id = yield { do: "insert" };
      if (memory.has("written")) yield forget(item);
      memory.set("written", true);
      return { status: 201, body: { id } };
    },
  };
  expect(summary(await judge(forgetful))).toEqual({ verdict: "fail", stars: 0, cause: "only-some-requests" });
});

test("a list of entries from which the one that is served was left out is no misspelt key", async () => {
  const others = [7, 8, 9].map(forget);
  const verdict = await judge({ read, write: write({ after: () => others }) });
  expect(summary(verdict)).toEqual({ verdict: "fail", stars: 0, cause: "never-invalidated" });
});

test("two mistakes at once are named by the first", async () => {
  const stray = { do: "delete", key: "stats" } as const;
  const verdict = await judge({ read, write: write({ after: () => [{ do: "leave", steps: later(stray) }] }) });
  expect(summary(verdict)).toEqual({ verdict: "fail", stars: 0, cause: "wrong-key" });
});

test("repairs are tried in their order, pairs after the single ones of the write", async () => {
  const stray: Step = { do: "delete", key: "stats" };
  const made: Step = { do: "set", key: "stats_0", value: 1 };
  const run = modelRun({ read, write: write({ before: () => [stray, made] }) });
  const phases = inSequence(["r0", "r0", "w0", "r0"]);
  const history = await run({ phases, probe: false, seed: "s" }, { choose: () => 0 });
  const finding = freshInSequence.judge(history, scenario);
  if (finding === null) throw new Error("the failure must show");
  const attempts = attemptsFor({
    failure: { history, finding },
    visited: new Set(["stats_0"]),
    without: ["one-instance"],
  });
  const [redirect, hold, postpone, remove] = [
    "redirect-key",
    "hold-acknowledgement",
    "mutate-after-commit",
    "set-becomes-delete",
  ];
  expect(attempts.map(({ repairs }) => repairs.map(({ kind }) => kind))).toEqual([
    [redirect],
    [hold],
    [postpone],
    [remove],
    [redirect, hold],
    [redirect, postpone],
    [redirect, remove],
    [hold, postpone],
    [hold, remove],
    [postpone, remove],
    ["inject-delete"],
    ["drop-stale-set"],
  ]);
});

test("a key that some read visits is not a wrong key, even if nobody visited it this time", async () => {
  const neighbour = write({ after: (item) => [{ do: "delete", key: key(item === 0 ? 1 : 0) }] });
  const verdict = await judge({ read, write: neighbour });
  expect(verdict.cause).toBe("never-invalidated");
});

test("without anything to witness there is no pass", async () => {
  const verdict = await judge(rightService, { shape: { ...modelShape, writes: 0 } });
  expect(summary(verdict)).toMatchObject({ verdict: "inconclusive" });
  expect(verdict.message).toContain("no cached answer was ever seen to be replaced");
});

test("a request without an answer ends the check: every further one would take a second", async () => {
  const { properties } = await judge({ read, write: write({ after: () => [{ do: "never" }] }) });
  expect(properties.map(({ outcome }) => outcome)).toEqual(["broken", ...Array.from({ length: 6 }, () => "not-run")]);
});

test("an answer that is right but later than five seconds does not survive an outage", async () => {
  const slow: Service = {
    read: function* (asked) {
      try {
        return yield* cachedRead(asked);
      } catch {
        yield { do: "sleep", ms: 6_000 };
        return { status: 200, body: { item: asked.item, total: yield { do: "select" } } };
      }
    },
    write: patient.write,
  };
  const verdict = await judge(slow, { stars: 3, without: { properties: ["fresh-under-race"] } });
  expect(summary(verdict)).toMatchObject({ stars: 2, cause: "outage-not-tolerated" });
  expect(verdict.counterexample?.faults).toEqual([{ kind: "error", from: 0 }]);
});

test("an entry may expire once it has been useful long enough", async () => {
  const read0 = { ref: "r0", instance: 0 } as const;
  const phases = [{ actors: [read0] }, { actors: [read0], wait: scenario.usefulFor + 1 }];
  const run = modelRun({ ...rightService, read: readUnder(key, scenario.usefulFor) });
  const history = await run({ phases, probe: false, seed: "s" }, { choose: () => 0 });
  expect(stillCached.judge(history, scenario)).toBe(null);
  expect(stillCached.judge(history, { usefulFor: scenario.usefulFor + 1 })).toMatchObject({ cause: "ttl-shortened" });
});

test("a failure that does not show again is none", async () => {
  const verdict = await judge(serviceOf("never-invalidated"));
  const { plan, schedule } = decodeToken(verdict.counterexample?.replay ?? "");
  const history = await modelRun(serviceOf("never-invalidated"))(plan, replaySchedule(schedule));
  const finding = freshInSequence.judge(history, scenario);
  if (finding === null) throw new Error("the failure must show");
  const failure = { history, finding };
  const again = { property: freshInSequence, setting: scenario, failure };
  expect(await playAgain({ ...again, run: modelRun(serviceOf("never-invalidated")) })).toEqual(failure);
  const unsure: Run = async (asked) =>
    await modelRun(serviceOf("never-invalidated"))({ ...asked, probe: false }, { choose: () => 0 });
  expect(await playAgain({ ...again, run: unsure })).toBe(null);
});

test("a memory of each instance", async () => {
  const remembering: Service = {
    read: function* ({ item, memory }) {
      const known = memory.get(key(item));
      if (known !== undefined) return { status: 200, body: known };
      const value = { item, total: yield { do: "select" } };
      memory.set(key(item), value);
      return { status: 200, body: value };
    },
    write: function* ({ item, memory }) {
      const id = yield { do: "insert" };
      memory.delete(key(item));
      return { status: 201, body: { id } };
    },
  };
  const verdict = await judge(remembering);
  expect(summary(verdict)).toEqual({ verdict: "fail", stars: 0, cause: "module-state" });
  expect(verdict.counterexample?.proof).toContain("one process");
});

test("two writes that store their own answers land in the wrong order", async () => {
  const through: Service = {
    read: function* ({ item }) {
      const hit = yield { do: "get", key: key(item) };
      return { status: 200, body: hit ?? { item, total: yield { do: "select" } } };
    },
    write: function* ({ item }) {
      const id = yield { do: "insert" };
      const value = { item, total: yield { do: "select" } };
      yield { do: "set", key: key(item), value, ttl: HOUR };
      return { status: 201, body: { id } };
    },
  };
  const verdict = await judge(through, { without: { properties: ["still-cached", "precise"] }, stars: 3 });
  expect(summary(verdict)).toEqual({ verdict: "fail", stars: 2, cause: "write-through-race" });
});

test.each(["error", "hang"] as const)("a cache that fails with %s is named and shrunk to one request", async (kind) => {
  const service = kind === "hang" ? patient : rightService;
  const verdict = await judge(service, { stars: 3, without: { properties: ["fresh-under-race"] } });
  expect(summary(verdict)).toEqual({ verdict: "fail", stars: 2, cause: "outage-not-tolerated" });
  expect(verdict.counterexample).toMatchObject({ requests: [{ method: "GET" }], faults: [{ kind, from: 0 }] });
});

test("where three stars are demanded, a broken outage is told without all orders of a race that holds", async () => {
  const schedulesOf = (verdict: Verdict): unknown => claimOf(verdict, "fresh-under-race");
  const demanded = await judge(tokenService, { stars: 3 });
  expect(summary(demanded)).toEqual({ verdict: "fail", stars: 2, cause: "outage-not-tolerated" });
  expect(schedulesOf(demanded)).toMatchObject({ schedules: 400, complete: false });
  // Nobody waits for the third star alone: it is reported in full.
  expect(schedulesOf(await judge(tokenService))).toMatchObject({ complete: true });
  const held = await judge(tokenService, { stars: 3, without: { properties: ["survives-outage"] } });
  expect(schedulesOf(held)).toEqual(schedulesOf(await judge(tokenService)));
  expect(summary(held)).toMatchObject({ verdict: "pass" });
});

test("once another property of its star is broken, the contract is only looked at, and still listed first", async () => {
  const stray: Service = {
    read,
    write: write({
      after: (item) => [
        { do: "leave", steps: later(forget(item)) },
        { do: "leave", steps: later(forget(item)) },
      ],
    }),
  };
  const lost = await judge(stray);
  expect(lost.properties[0]).toMatchObject({ id: "contract-kept", claim: { schedules: 17, complete: false } });
  expect(summary(lost)).toEqual({ verdict: "fail", stars: 0, cause: "delete-not-awaited" });
  const alone = await judge(stray, { without: { properties: ["fresh-in-sequence", "still-cached"] } });
  expect(alone.properties[0]).toMatchObject({ outcome: "held", claim: { complete: true } });
});

test("says that something is wrong before it is told, and says nothing of a star that nobody demanded", async () => {
  const said: string[] = [];
  const onFound = (): void => void said.push("found");
  await judge({ read, write: write({}) }, { onFound });
  expect(said).not.toEqual([]);
  said.length = 0;
  expect(summary(await judge(rightService, { onFound }))).toMatchObject({ verdict: "pass", stars: 2 });
  expect(said).toEqual([]);
  await judge(rightService, { onFound, stars: 3 });
  expect(said).not.toEqual([]);
});

test("says what will be told of an old answer as soon as it is shrunk, and nothing of one that was never true", async () => {
  const tokens: string[] = [];
  const onShrunk = (token: string): void => void tokens.push(token);
  const stale = await judge({ read, write: write({}) }, { onShrunk });
  expect(stale.cause).toBe("never-invalidated");
  expect(tokens).toEqual([stale.counterexample?.replay]);
  tokens.length = 0;
  expect((await judge({ read: madeUp(), write: rightService.write }, { onShrunk })).cause).toBe("response-hard-coded");
  await judge(rightService, { onShrunk });
  expect(tokens).toEqual([]);
});

function claimOf({ properties }: Verdict, property: string): unknown {
  return properties.find(({ id }) => id === property)?.claim;
}

test.each<[string, Service, [VerdictKind, Cause]]>([
  ["answers without a cache", { read: readWithoutCache(), write: write({}) }, ["fail", "cache-bypassed"]],
  ["makes its answer up", { read: madeUp(), write: rightService.write }, ["fail", "response-hard-coded"]],
  ["acknowledges without recording", { read, write: write0() }, ["fail", "write-not-recorded"]],
  [
    "changes the schema",
    { read, write: write({ after: (item) => [{ do: "alter" }, forget(item)] }) },
    ["fail", "contract-changed"],
  ],
  ["throws", { read, write: thrower(new TypeError("oh")) }, ["crashed", "handler-threw"]],
  [
    "names what is not there",
    { read, write: thrower(new ReferenceError("cache is not defined")) },
    ["crashed", "undefined-name"],
  ],
  ["never answers", { read, write: write({ after: () => [{ do: "never" }] }) }, ["timed-out", "never-answers"]],
])("a service that %s", async (_, service, [verdict, cause]) => {
  expect(summary(await judge(service))).toEqual({ verdict, stars: 0, cause });
});

test("a delete after the write earns two stars and is told what the third lacks", async () => {
  const verdict = await judge(rightService);
  expect(summary(verdict)).toEqual({ verdict: "pass", stars: 2, cause: null });
  const race = verdict.properties.find(({ id }) => id === "fresh-under-race");
  expect(race).toMatchObject({ outcome: "broken", cause: "stale-set-race" });
  expect(summary(await judge(rightService, { stars: 3 }))).toMatchObject({ verdict: "fail", cause: "stale-set-race" });
});

test("a token that fences late fills holds under every schedule of the bound", async () => {
  const verdict = await judge(tokenService);
  expect(verdict.properties.find(({ id }) => id === "fresh-under-race")).toMatchObject({
    outcome: "held",
    claim: { requests: 4, switches: 2, complete: true },
  });
});

test("the same seed gives the same verdict, byte for byte", async () => {
  expect(JSON.stringify(await judge(rightService))).toBe(JSON.stringify(await judge(rightService)));
});

test("a budget that runs out is inconclusive, not a pass", async () => {
  expect(summary(await judge(rightService, { budget: 50 }))).toMatchObject({ verdict: "inconclusive" });
  expect(summary(await judge(rightService, { expired: () => true }))).toMatchObject({ verdict: "inconclusive" });
});

test("chance in the handlers is inconclusive", async () => {
  let runs = 0;
  const fickle: Service = {
    read,
    write: function* ({ item }) {
      runs += 1;
      const id = yield { do: "insert" };
      if (runs % 3 !== 0) yield forget(item);
      return { status: 201, body: { id } };
    },
  };
  expect(summary(await judge(fickle))).toMatchObject({ verdict: "inconclusive", cause: "nondeterministic" });
});

test("every failure replays from its token and tells the same story", async () => {
  const run = modelRun(serviceOf("wrong-key"));
  const told = (await judge(serviceOf("wrong-key"))).counterexample;
  const token = told?.replay ?? "";
  const again = (await replayToken({ scenario, token, run, shape: modelShape })).counterexample;
  expect({ ...again, found: told?.found, shrunkFrom: told?.shrunkFrom }).toEqual(told);
  expect(await findingReplays({ scenario, token, run, times: 2 })).toBe(true);
  expect(await findingReplays({ scenario, token, run: modelRun(rightService), times: 1 })).toBe(false);
  const mended = await replayToken({ scenario, token, run: modelRun(rightService), shape: modelShape });
  expect(mended).toMatchObject({ verdict: "inconclusive", counterexample: null });
});

test("the story is short, marked and named", async () => {
  const verdict = await judge(serviceOf("wrong-key"));
  const story = verdict.counterexample;
  expect(story?.requests.map(({ method }) => method)).toEqual(["GET", "POST", "GET"]);
  expect(story?.keys).toEqual({ used: "stat_0", read: "stats_0" });
  expect(
    story?.steps.filter(({ mark }) => mark === "poison" || mark === "served").map(({ actor, kind }) => [actor, kind]),
  ).toEqual([
    [1, "answer"],
    [2, "answer"],
  ]);
  expect(story?.proof).toContain("stats_0 instead of stat_0");
});

test("the confirm run finds on other data what the check finds", async () => {
  const options = { scenario, shape: modelShape, seed: "other", expired: () => false };
  const right = await confirm({ ...options, stars: [1, 2], run: modelRun(rightService) });
  expect(right).toMatchObject({ broken: [], complete: true });
  const wrongOne = await confirm({ ...options, stars: [1, 2], run: modelRun(serviceOf("invalidated-before-write")) });
  expect(wrongOne.broken.map(({ property, cause }) => [property, cause])).toEqual([
    ["fresh-around-writes", "invalidated-before-write"],
  ]);
});

test.each([
  ["never-invalidated", "fresh-in-sequence"],
  ["ttl-shortened", "still-cached"],
  ["invalidated-before-write", "fresh-around-writes"],
  ["cleared-everything", "precise"],
] as const)("%s is noticed only by %s", async (cause, property) => {
  const off = cause === "never-invalidated" ? [property, "fresh-around-writes", "still-cached"] : [property];
  const verdict = await judge(serviceOf(cause), { without: { properties: off } });
  expect(verdict.verdict).not.toBe("fail");
});

test.each([
  ["never-invalidated", "inject-delete"],
  ["wrong-key", "redirect-key"],
  ["invalidated-before-write", "mutate-after-commit"],
  ["delete-not-awaited", "hold-acknowledgement"],
  ["set-not-awaited", "hold-acknowledgement"],
  ["value-patched", "set-becomes-delete"],
  ["key-not-unique", "separate-reads"],
] as const)("%s is named only by the repair %s", async (cause, repair) => {
  const verdict = await judge(serviceOf(cause), { without: { repairs: [repair] } });
  expect(verdict.cause).not.toBe(cause);
});

/** Takes an error of the cache for a miss, but waits for ever when the cache does not answer. */
const patient: Service = {
  read: function* (asked) {
    try {
      return yield* cachedRead(asked);
    } catch {
      return { status: 200, body: { item: asked.item, total: yield { do: "select" } } };
    }
  },
  write: function* ({ item }) {
    const id = yield { do: "insert" };
    try {
      yield forget(item);
    } catch {
      return { status: 201, body: { id } };
    }
    return { status: 201, body: { id } };
  },
};

function serviceOf(cause: Cause): Service {
  const service = shared.get(cause);
  if (service === undefined) throw new Error(`no service for ${cause}`);
  return service;
}

function summary({ verdict, stars, cause }: Verdict): Pick<Verdict, "verdict" | "stars" | "cause"> {
  return { verdict, stars, cause };
}

function readWithoutCache(): Service["read"] {
  return function* ({ item }) {
    return { status: 200, body: { item, total: yield { do: "select" } } };
  };
}

function madeUp(): Service["read"] {
  return function* ({ item }) {
    yield { do: "select" };
    return { status: 200, body: { item, total: 1_000_000 } };
  };
}

function write0(): Service["write"] {
  return function* ({ item }) {
    yield forget(item);
    return { status: 201, body: { id: 7 } };
  };
}

function thrower(error: Error): Service["write"] {
  return function* () {
    yield { do: "insert" };
    throw error;
  };
}
