/**
 * What the world is for handlers that are run in earnest: clock, timers, dice, cache and modules, all virtual. Each
 * history is played twice, beside the world and behind a pipe, and both must be the same to the last event.
 */
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Act, ACTS } from "../../fixtures/worlds/scenario.ts";
import { openWorlds, type Play, type Worlds } from "../../fixtures/worlds/worlds.ts";
import type { Actor, History, Json, RunPlan } from "../vocabulary.ts";

let worlds: Worlds;
beforeAll(async () => {
  worlds = await openWorlds();
});
afterAll(() => worlds.close());

/** What `play` has played in this file, with its history. */
const played: (Play & { readonly history: History })[] = [];

type Part = Act | "look";

/** Plays in both hosts; `order` names actors, step after step. */
async function play(
  phases: readonly (readonly Part[])[],
  more: Partial<RunPlan> & { order?: number[] } = {},
): Promise<History> {
  const { order = [], ...rest } = more;
  const plan: RunPlan = {
    phases: phases.map((parts) => ({ actors: parts.map(actorOf) })),
    probe: false,
    trace: true,
    seed: "world",
    ...rest,
  };
  const explored = await worlds.explore({ plan, order });
  expect(await worlds.confirm({ plan, order })).toEqual(explored);
  played.push({ plan, order, history: explored });
  return explored;
}

function actorOf(part: Part): Actor {
  return { ref: part === "look" ? "r0" : `w${ACTS.indexOf(part)}`, instance: 0 };
}

function bodies(history: History): (Json | undefined)[] {
  return history.requests.map(({ response }) => response?.body);
}

async function bodyOf(act: Act, more: Partial<RunPlan> = {}): Promise<Json | undefined> {
  return bodies(await play([[act]], more))[0];
}

function cacheKeys(history: History, operation: string): (string | null)[] {
  return history.events.flatMap((event) =>
    event.kind === "cache" && event.operation === operation ? [event.key] : [],
  );
}

test("timers fire in the order in which they are due, ties in the order in which they were started", async () => {
  expect(await bodyOf("timerOrder")).toEqual(["at once", "early", "tie 1", "tie 2", "by module", "late"]);
});

test("every way to wait takes virtual time: callbacks, promises, promisify, abort signals, refresh", async () => {
  expect(await bodyOf("timerKinds")).toEqual({
    arguments: ["a", "b"],
    setTimeout: 100,
    wait: "value",
    "after wait": 300,
    "after scheduler": 600,
    "after promisify": 1000,
    promisify: "promised",
    "after abort": 1500,
    reason: "TimeoutError",
    chain: true,
    refreshed: 1660,
    aborted: "AbortError",
  });
});

test("a timer left behind fires before the probe, and moves the clock to when it is due", async () => {
  const history = await play([["look"], ["timerAfterAnswer"]], { probe: true });
  expect(history.end).toEqual({ kind: "complete" });
  expect(history.events.find(({ kind }) => kind === "timer")?.at).toBe(6000);
  expect(bodies(history)).toEqual([{ n: 0 }, null, { n: 1 }]);
});

test("a timer left behind may also fire before the next request, which is no switch", async () => {
  const before = await play([["timerAfterAnswer"], ["look"]], { order: [0, 0, 0, 0, 1] });
  const after = await play([["timerAfterAnswer"], ["look"]], { order: [0, 1, 1, 1, 1] });
  expect([bodies(before)[1], bodies(after)[1]]).toEqual([{ n: 1 }, { n: 0 }]);
  expect([before.switches, after.switches]).toEqual([0, 0]);
});

/** Whether the answer was out before the delete was carried out: by the positions of the two among the events. */
function leavesDelete({ requests, events }: History): boolean {
  const deleted = events.findIndex((event) => event.kind === "cache" && event.operation === "delete");
  expect(deleted).toBeGreaterThanOrEqual(0);
  return (requests[0]?.answered ?? Infinity) <= deleted;
}

test("who waits a moment for the cache may be first, who waits for longer is not", async () => {
  const timerFirst = { order: [0, 0], probe: false };
  const offered = await play([["leavesForATimer"], ["look"]], timerFirst);
  expect(offered.points[1]?.options.map(({ kind }) => kind)).toEqual(["cache", "timer"]);
  const limited = await play([["waitsWithALimit"], ["look"]], timerFirst);
  expect(limited.points[1]?.options.map(({ kind }) => kind)).toEqual(["cache"]);
  expect(leavesDelete(limited)).toBe(false);
});

test.each(["hashes", "packs", "makesKeys"] as const)(
  "%s: done before anything else happens, takes no step",
  async (act) => {
    const history = await play([[act, act]], { order: [0, 0] });
    const offered = history.points[2]?.options.map(({ actor, kind }) => [actor, kind]);
    expect(offered).toEqual([
      [0, "cache"],
      [1, "arrival"],
    ]);
    const told = { hashes: expect.stringMatching(/^[0-9a-f]{64}$/) as Json, packs: true, makesKeys: "ed25519" };
    expect(bodies(history)).toEqual([told[act], told[act]]);
  },
);

test("what is left behind is under way while a hash is", async () => {
  expect(leavesDelete(await play([["leavesWhileHashing"], ["look"]]))).toBe(true);
});

test("a message may be first as well where time is given to what goes on outside", async () => {
  expect(leavesDelete(await play([["leavesForAMessage"], ["look"]], { outsideFirst: true }))).toBe(true);
  expect(leavesDelete(await play([["waitsWithALimit"], ["look"]], { outsideFirst: true }))).toBe(false);
});

test("an interval ticks on time; one that nobody clears ends all the same, and keeps no probe waiting", async () => {
  expect(await bodyOf("interval")).toEqual([250, 500, 750]);
  const history = await play([["endlessInterval"], ["look"]], { probe: true });
  expect(history.end).toEqual({ kind: "complete" });
  expect(cacheKeys(history, "get").filter((key) => key === "tick").length).toBeGreaterThan(0);
  expect(bodies(history)).toEqual([null, { n: 0 }, { n: 0 }]);
});

/** Milliseconds for which a process has been up when a run begins in it. */
const UP = 74_216;

test("the clock stands still but for timers, and moves one second between requests", async () => {
  const dates = {
    start: "2026-01-05T09:00:00.000Z",
    later: 1500,
    elapsed: UP + 1500,
    called: true,
    given: 1,
    parsed: [1_577_836_800_000, 1_577_836_800_000, true],
    monotonic: [(UP + 1500) * 1_000_000, (UP + 1500) / 1000],
    pair: [0, 0],
  };
  expect(await bodyOf("dates")).toEqual(dates);
  const [, second] = bodies(await play([["increment"], ["dates"]]));
  expect(second).toMatchObject({ start: "2026-01-05T09:00:01.000Z", later: 1500, elapsed: UP + 2500 });
  const phases = [{ actors: [actorOf("increment")] }, { actors: [actorOf("dates")], wait: 60_000 }];
  const [, third] = bodies(await play([], { phases }));
  expect(third).toMatchObject({ start: "2026-01-05T09:01:00.000Z" });
});

test("dice depend on the seed and on the request, and on nothing else", async () => {
  const [first, second] = bodies(await play([["dice"], ["dice"]]));
  expect(bodies(await play([["dice"], ["dice"]]))).toEqual([first, second]);
  expect(second).not.toEqual(first);
  const [, afterOther] = bodies(await play([["timerOrder"], ["dice"]]));
  expect(afterOther).toEqual(second);
  const [other] = bodies(await play([["dice"]], { seed: "another" }));
  const same = Object.entries(other as Record<string, Json>).filter(([name, value]) =>
    isDeepStrictEqual(value, (first as Record<string, Json>)[name]),
  );
  expect(same).toEqual([]);
  const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u;
  expect(first).toMatchObject({
    uuid: [expect.stringMatching(uuid), expect.stringMatching(uuid)],
    integers: [expect.any(Number), 5, expect.any(Number)],
  });
});

test("SQL's clock is the run's, in defaults and triggers too, and its dice are the seed's", async () => {
  const body = (await bodyOf("sqlClock")) as { now: unknown; stamp: unknown; dice: { integer: number; other: number } };
  expect(body.now).toEqual({
    moment: "2026-01-05 09:00:02",
    day: "2026-01-05",
    hour: "10:00:02",
    year: "2026",
    stamp: "2026-01-05 09:00:02",
    today: "2026-01-05",
    clock: "09:00:02",
    seconds: 1_767_603_602,
    julian: expect.closeTo(2_461_045.875_023, 5),
    fixed: "1970-01-01 00:00:00",
    void: null,
    leap: "2025-03-01 00:00:00",
    since: "+0000-00-00 09:00:02.000",
  });
  expect(body.stamp).toEqual({ at: "2026-01-05 09:00:02", day: "2026-01-05" });
  expect(await bodyOf("sqlClock")).toEqual(body);
  expect(((await bodyOf("sqlClock", { seed: "another" })) as typeof body).dice).not.toEqual(body.dice);
});

test("Keyv's many-key operations, has and clear reach the cache", async () => {
  expect(await bodyOf("cacheAtOnce")).toEqual({
    read: [{ n: 1 }, null, [2], 0],
    has: [true, false],
    brief: "gone",
    deleted: [true, false],
    left: [null, null, 0],
    cleared: null,
  });
});

test("the cache can be iterated, and changed meanwhile", async () => {
  const entries = ["a:1", "a:2", "b:1"].map((key) => [key, { key }]);
  expect(await bodyOf("cacheIterated")).toEqual({ entries, left: [false, false, true] });
});

test("entries expire in virtual time, at the end of their time to live", async () => {
  expect(await bodyOf("cacheExpiry")).toEqual({ before: "here", after: "gone", lasting: "here" });
  const wait = (milliseconds: number): Partial<RunPlan> => ({
    phases: [{ actors: [actorOf("look")] }, { actors: [actorOf("look")], wait: milliseconds }],
  });
  const hits = async (milliseconds: number): Promise<unknown[]> =>
    (await play([], wait(milliseconds))).events.flatMap((event) =>
      event.kind === "cache" && event.operation === "get" ? [event.hit] : [],
    );
  expect(await hits(59_999)).toEqual([false, true]);
  expect(await hits(60_000)).toEqual([false, false]);
});

test("a key that is no text becomes one", async () => {
  expect(await bodyOf("numericKey")).toEqual(["five", "five", true, true, false]);
});

test("values are copied into the cache and out of it", async () => {
  expect(await bodyOf("copies")).toEqual({ list: [1] });
});

test("the two instances have modules of their own, which outlive a world", async () => {
  const actors = ([0, 0, 1, 0, 1] as const).map((instance) => ({ actors: [{ ...actorOf("memory"), instance }] }));
  const plan: RunPlan = { phases: actors, probe: false, seed: "memory" };
  const before = bodies(await worlds.explore({ plan, order: [] })) as number[];
  const [base = 0, , other = 0] = before;
  expect(before).toEqual([base, base + 1, other, base + 2, other + 1]);
  expect(bodies(await worlds.explore({ plan, order: [] }))[0]).toBe(base + 3);
});

test("errors name themselves and their line, wherever they are thrown", async () => {
  const errors = async (act: Act): Promise<unknown> => (await play([[act]])).requests[0]?.error;
  const location = { file: "act.ts", line: expect.any(Number), column: expect.any(Number) };
  expect(await errors("throws")).toEqual({ name: "RangeError", message: "no such counter", location });
  expect(await errors("throwsInTimer")).toEqual({ name: "TypeError", message: "in a timer", location });
  expect(await errors("rejectsUnheard")).toEqual({ name: "TypeError", message: "nobody listens", location });
});

test("a rejection that nobody hears belongs to its own run, never to a later one", async () => {
  await play([["rejectsUnheard"]]);
  for (let round = 0; round < 5; round += 1)
    expect((await play([["increment"], ["look"]])).requests.map(({ error }) => error)).toEqual([null, null]);
});

test("every schedule of a write and a read comes out the same beside the world and behind a pipe", async () => {
  const orders = [[], [0, 1, 1, 0, 1, 0], [1, 1, 0, 0, 0, 1], [1, 0, 1, 0, 1, 0, 1, 0], [0, 0, 1, 0, 1, 0, 1]];
  const answered: boolean[] = [];
  for (const act of ["increment", "leaves", "transaction", "timerAfterAnswer"] as const)
    for (const order of orders) {
      const after = [0, 0, 0, 0, ...order.map((actor) => actor + 1)];
      const { requests } = await play([["look"], [act, "look"], ["look"]], { order: after, probe: true });
      answered.push(requests.every((request) => request.answered !== null));
    }
  expect(answered).toEqual(Array.from({ length: 20 }, () => true));
});

test("faults and repairs are the same beside the world and behind a pipe", async () => {
  const phases = [["look"], ["leaves"], ["look"]] as const;
  for (const kind of ["miss", "false", "error", "hang", "lose-delete", "evict"] as const)
    await play(phases, { faults: [{ kind, from: 2 }], probe: true });
  const repaired = await play(phases, { repairs: [{ kind: "hold-acknowledgement" }], order: [0, 0, 0, 0, 1, 1, 2] });
  expect(bodies(repaired).at(-1)).toEqual({ n: 1 });
  await play(phases, { repairs: [{ kind: "inject-delete", key: "n_7" }, { kind: "mutate-after-commit" }] });
});

test("worlds that are played side by side know nothing of each other: all of the above at once", async () => {
  const histories = await Promise.all(played.map((one) => worlds.together(one)));
  expect(histories).toEqual(played.map(({ history }) => history));
  expect(histories.length).toBeGreaterThan(50);
});
