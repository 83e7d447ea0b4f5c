/** A child that lies: whatever it claims must be no more than its own handlers could do, or it is out. */
import { expect, test } from "vitest";
import { ProtocolError } from "./checked-activity.ts";
import type { Activity, Call } from "./effect.ts";
import type { Ending, HandlerProcess } from "./handler-process.ts";
import { RemoteHost } from "./remote-host.ts";

const QUIET: Activity = { effects: [], timers: [], clearedTimers: [], answers: [], errors: [] };
const CACHE_GET = { resource: "cache", operation: "get", key: "k" } as const;

const WATCH = { patience: 2_000, onLife: () => {} };

interface Child {
  readonly process: HandlerProcess;
  readonly sent: unknown[];
  answers: unknown;
  end(): void;
}

/** Answers each message with `answers`. */
function child(): Child {
  const listeners: ((message: unknown) => void)[] = [];
  const { promise: ended, resolve } = Promise.withResolvers<Ending>();
  const sent: unknown[] = [];
  const made: Child = {
    sent,
    answers: { kind: "activity", activities: [QUIET] },
    end: () => resolve({ reason: "exited", code: 0, signal: null, lastWords: null, location: null, stderr: "" }),
    process: {
      send: (message) => {
        sent.push(message);
        queueMicrotask(() => listeners.forEach((listener) => listener(made.answers)));
      },
      onMessage: (listener) => void listeners.push(listener),
      expectWord: () => {},
      ended,
      stop: () => {},
    },
  };
  return made;
}

function call(actor: number, instance: 0 | 1): Call {
  return { actor, instance, method: "GET", url: "http://localhost:3000/", headers: {}, body: null };
}

/** What the host makes of this activity of the first child, which serves request 0; the second serves request 1. */
async function reported(activity: unknown): Promise<Activity> {
  const children: [Child, Child] = [child(), child()];
  const host = new RemoteHost([children[0].process, children[1].process], WATCH).lane();
  host.arrive(call(0, 0));
  host.arrive(call(1, 1));
  children[0].answers = { kind: "activity", activities: [activity] };
  return await host.rest();
}

test("what a child reports about its own requests is passed on, under ids that no other child has", async () => {
  const effects = [{ id: 3, actor: 0, effect: CACHE_GET, location: null }];
  const timers = [{ id: 4, actor: 0, delay: 5, due: 5 }];
  const activity = await reported({ ...QUIET, effects, timers, clearedTimers: [2] });
  expect(activity).toEqual({
    ...QUIET,
    effects: [{ ...effects[0], id: 6 }],
    timers: [{ ...timers[0], id: 8 }],
    clearedTimers: [4],
  });
});

test.each([
  [
    "an effect of a request that it does not serve",
    { effects: [{ id: 1, actor: 1, effect: CACHE_GET, location: null }] },
  ],
  ["a timer of such a request", { timers: [{ id: 1, actor: 1, delay: 1, due: 1 }] }],
  ["the answer of such a request", { answers: [{ actor: 1, status: 200, contentType: null, text: "", error: null }] }],
  ["an error of such a request", { errors: [{ actor: 1, error: { name: "E", message: "m", location: null } }] }],
  ["a request that nobody made", { answers: [{ actor: 9, status: 200, contentType: null, text: "", error: null }] }],
  ["an id that is no number", { effects: [{ id: "1", actor: 0, effect: CACHE_GET, location: null }] }],
  ["an id out of bounds", { clearedTimers: [2 ** 40] }],
  [
    "a key that is no text",
    { effects: [{ id: 1, actor: 0, effect: { ...CACHE_GET, key: { toString: 1 } }, location: null }] },
  ],
  [
    "a statement that is no text",
    {
      effects: [
        { id: 1, actor: 0, effect: { resource: "database", operation: "get", sql: 5, params: [] }, location: null },
      ],
    },
  ],
  [
    "an operation that does not exist",
    { effects: [{ id: 1, actor: 0, effect: { ...CACHE_GET, operation: "drop" }, location: null }] },
  ],
  [
    "a resource that does not exist",
    {
      effects: [
        { id: 1, actor: 0, effect: { resource: "disk", operation: "get", sql: "x", params: [] }, location: null },
      ],
    },
  ],
  [
    "a list of parameters that is none",
    {
      effects: [
        {
          id: 1,
          actor: 0,
          effect: { resource: "database", operation: "get", sql: "SELECT 1", params: 5 },
          location: null,
        },
      ],
    },
  ],
  [
    "an answer whose status is no number",
    { answers: [{ actor: 0, status: "200", contentType: null, text: "", error: null }] },
  ],
  ["an answer whose text is none", { answers: [{ actor: 0, status: 200, contentType: null, text: 5, error: null }] }],
  ["a timer that is due at no time", { timers: [{ id: 1, actor: 0, delay: 1, due: Number.NaN }] }],
  ["a list that is none", { effects: 5 }],
])("%s ends the run", async (_, lie) => {
  await expect(reported({ ...QUIET, ...lie })).rejects.toBeInstanceOf(ProtocolError);
});

test.each([null, undefined, 5, "activity", {}, { ...QUIET, effects: [null] }])("%j is no activity", async (told) => {
  await expect(reported(told)).rejects.toBeInstanceOf(ProtocolError);
});

test("the answer of an earlier world is not taken for one of this", async () => {
  const children: [Child, Child] = [child(), child()];
  const host = new RemoteHost([children[0].process, children[1].process], WATCH).lane();
  host.arrive(call(0, 0));
  await host.rest();
  host.open({ world: 2, seed: "s", epoch: 0, trace: false, cacheThrows: false });
  host.arrive(call(1, 0));
  const answers = [{ actor: 0, status: 200, contentType: null, text: "", error: null }];
  children[0].answers = { kind: "activity", activities: [{ ...QUIET, answers }] };
  await expect(host.rest()).rejects.toBeInstanceOf(ProtocolError);
});

test("a child that has ended ends the run, at once and from then on", async () => {
  const children: [Child, Child] = [child(), child()];
  const host = new RemoteHost([children[0].process, children[1].process], WATCH).lane();
  children[0].answers = { kind: "nothing of interest" };
  host.arrive(call(0, 0));
  const waiting = host.rest();
  children[0].end();
  await expect(waiting).rejects.toBeInstanceOf(ProtocolError);
  host.arrive(call(1, 0));
  await expect(host.rest()).rejects.toBeInstanceOf(ProtocolError);
});

test("a child hears of a world only when it gets something to do in it", async () => {
  const children: [Child, Child] = [child(), child()];
  const host = new RemoteHost([children[0].process, children[1].process], WATCH).lane();
  host.open({ world: 1, seed: "s", epoch: 0, trace: false, cacheThrows: false });
  host.setClock(5);
  host.arrive(call(0, 1));
  await host.rest();
  expect(children[0].sent).toEqual([]);
  expect(children[1].sent).toMatchObject([
    {
      kind: "play",
      mode: "rest",
      parts: [{ lane: 0, commands: [{ kind: "open" }, { kind: "clock" }, { kind: "arrive" }] }],
    },
  ]);
});

test("lanes that wait at the same time share a message, and each gets its own part of the answer", async () => {
  const children: [Child, Child] = [child(), child()];
  const host = new RemoteHost([children[0].process, children[1].process], WATCH);
  const lanes = [host.lane(), host.lane(), host.lane()];
  lanes[2]?.arrive(call(0, 0));
  lanes[0]?.arrive(call(0, 0));
  lanes[1]?.arrive(call(0, 1));
  const effects = [0, 2].map((id) => [{ id, actor: 0, effect: CACHE_GET, location: null }]);
  children[0].answers = { kind: "activity", activities: effects.map((asked) => ({ ...QUIET, effects: asked })) };
  // They are asked in the order of their numbers, whoever came first: the same worlds meet in the same order each time.
  const reports = await Promise.all(lanes.toReversed().map((lane) => lane.rest()));
  expect(children.map(({ sent }) => sent)).toMatchObject([
    [{ parts: [{ lane: 0 }, { lane: 2 }] }],
    [{ parts: [{ lane: 1 }] }],
  ]);
  expect(reports.map((report) => report.effects.map(({ id }) => id))).toEqual([[4], [], [0]]);
});

test("a lane may not speak for the request of another", async () => {
  const children: [Child, Child] = [child(), child()];
  const host = new RemoteHost([children[0].process, children[1].process], WATCH);
  const lanes = [host.lane(), host.lane()];
  lanes[0]?.arrive(call(0, 0));
  lanes[1]?.arrive(call(1, 0));
  const effects = [{ id: 0, actor: 1, effect: CACHE_GET, location: null }];
  children[0].answers = { kind: "activity", activities: [{ ...QUIET, effects }, QUIET] };
  const reports = await Promise.allSettled(lanes.map((lane) => lane.rest()));
  expect(reports).toMatchObject([{ reason: { name: "OutOfTurnError" } }, { reason: { name: "OutOfTurnError" } }]);
});
