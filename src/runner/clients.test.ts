/** What clients remember between their requests, in worlds played with small handlers: tags go back, a 304 is understood. */
import { expect, test } from "vitest";
import type { Chooser, Context, Handler, History, RequestSpec, RunPlan } from "../vocabulary.ts";
import { createAtRest } from "./at-rest.ts";
import { LocalHost } from "./local-host.ts";
import { WorldDatabase } from "./world-database.ts";
import { createWorldRunner, type PlayedScenario } from "./world-runner.ts";

const READS: readonly RequestSpec[] = [
  { route: "read", path: "/count" },
  { route: "read", path: "/count?of=today" },
  { route: "read", path: "/count", headers: { authorization: "Bearer Ada" } },
  { route: "read", path: "/count", headers: { "If-None-Match": '"of-their-own"' } },
];

const scenario: PlayedScenario = {
  schema: "CREATE TABLE counters (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)",
  costly: ["counters"],
  routes: [
    { id: "read", method: "GET", path: "/count", file: "read.ts", export: "read", role: "read" },
    { id: "write", method: "POST", path: "/count", file: "write.ts", export: "write", role: "write" },
  ],
  seedWorld: ({ db }) => {
    db.run("INSERT INTO counters (id, n) VALUES (1, 0)");
    return { reads: READS, writes: [{ route: "write", path: "/count" }], refused: [] };
  },
  truth: (db) => ({ status: 200, body: db.get<{ n: number }>("SELECT n FROM counters") ?? null }),
};

interface Played {
  readonly history: History;
  /** What each request said that its client had, in the order of arrival. */
  readonly sent: readonly (string | undefined)[];
}

type Answer = (c: Context, n: number) => Response;

const FIRST: Chooser = { choose: () => 0 };
/** Everybody arrives before anybody goes on. */
const ARRIVALS: Chooser = {
  choose: ({ options }) =>
    Math.max(
      0,
      options.findIndex(({ kind }) => kind === "arrival"),
    ),
};

type Asked = Partial<RunPlan> & Pick<RunPlan, "phases">;

async function play(answer: Answer, plan: Asked, chooser = FIRST): Promise<Played> {
  const sent: (string | undefined)[] = [];
  const read: Handler = async (c) => {
    sent.push(c.req.header("if-none-match"));
    const row = await c.var.db.get<{ n: number }>("SELECT n FROM counters");
    return answer(c, row?.n ?? -1);
  };
  const write: Handler = async (c) => {
    sent.push(c.req.header("if-none-match"));
    await c.var.db.run("UPDATE counters SET n = n + 1");
    return c.json({}, 200, { ETag: '"a write"' });
  };
  const handlers = new Map([
    ["read", read],
    ["write", write],
  ]);
  const host = new LocalHost({
    atRest: createAtRest({ isUnderWay: () => false }),
    routes: scenario.routes,
    handlers: [handlers, handlers],
    globals: { connect: () => {} },
    locate: () => null,
  });
  const { run } = createWorldRunner({ scenario, host, database: new WorldDatabase(scenario.schema) });
  return { history: await run({ probe: false, seed: "test", ...plan }, chooser), sent };
}

/** The first and every other request is one client's, the rest the other's. */
function inTurn(...refs: ("r0" | "r1" | "r2" | "r3" | "w0")[]): RunPlan["phases"] {
  return refs.map((ref) => ({ actors: [{ ref, instance: 0 as const }] }));
}

const tagged = (tag: (n: number) => string, more: Record<string, string> = {}): Answer => {
  return (c, n) => {
    const headers = { ETag: tag(n), ...more };
    return c.req.header("if-none-match") === tag(n) ? c.body(null, 304, headers) : c.json({ n }, 200, headers);
  };
};
const right = tagged((n) => `"${String(n)}"`);

function responses({ history }: Played): unknown[] {
  return history.requests.map(({ response }) => [response?.status, response?.body, response?.notModified]);
}

test("a client sends the very tag that it was given, and no other client does", async () => {
  const played = await play(right, { phases: inTurn("r0", "r0", "r0", "r0") });
  expect(played.sent).toEqual([undefined, undefined, '"0"', '"0"']);
  const weak = await play(
    tagged(() => 'W/"a, b"'),
    { phases: inTurn("r0", "r1", "r0") },
  );
  expect(weak.sent).toEqual([undefined, undefined, 'W/"a, b"']);
});

test("a 304 stands for what the client had kept, headers included, and is marked", async () => {
  const played = await play(right, { phases: inTurn("r0", "r1", "r0") });
  const [first, , again] = played.history.requests;
  expect(again?.response).toEqual({ ...first?.response, notModified: true });
  expect(again?.response).toMatchObject({ status: 200, contentType: "application/json", body: { n: 0 } });
});

test("a tag that never changes keeps the old body alive, a right one does not", async () => {
  const phases = inTurn("r0", "w0", "r0");
  const stuck = tagged(() => '"for ever"');
  expect(responses(await play(stuck, { phases })).at(-1)).toEqual([200, { n: 0 }, true]);
  expect(responses(await play(right, { phases })).at(-1)).toEqual([200, { n: 1 }, undefined]);
});

test("after a new answer the client has that one", async () => {
  const played = await play(right, { phases: inTurn("r0", "w0", "r0", "r1", "r0") });
  expect(played.sent).toEqual([undefined, undefined, '"0"', undefined, '"1"']);
  expect(responses(played).at(-1)).toEqual([200, { n: 1 }, true]);
});

test("a 304 that the client has not asked for stays one", async () => {
  const played = await play((c) => c.body(null, 304), { phases: inTurn("r0", "r0", "r0") });
  expect(responses(played)).toEqual(Array.from({ length: 3 }, () => [304, "", undefined]));
});

test.each([
  ["another", '"new"', [304, "", undefined]],
  ["the same, made weak on the way", 'W/"old"', [200, { n: 0 }, true]],
])("a 304 for %s tag than the client has sent", async (_, etag, seen) => {
  const answer: Answer = (c, n) =>
    c.req.header("if-none-match") === undefined
      ? c.json({ n }, 200, { ETag: '"old"' })
      : c.body(null, 304, { ETag: etag });
  expect(responses(await play(answer, { phases: inTurn("r0", "r1", "r0") })).at(-1)).toEqual(seen);
});

test.each([
  ["another URL", right, inTurn("r0", "r0", "r1")],
  ["another person", right, inTurn("r0", "r0", "r2")],
  ["an answer that may not be stored", tagged(() => '"0"', { "cache-control": "no-store" }), inTurn("r0", "r0", "r0")],
  ["an error", ((c) => c.json({}, 404, { ETag: '"0"' })) satisfies Answer, inTurn("r0", "r0", "r0")],
  ["the answer to a write", right, inTurn("w0", "w0", "w0")],
])("no tag is sent after %s", async (_, answer, phases) => {
  expect((await play(answer, { phases })).sent.at(-1)).toBe(undefined);
});

test("an answer without a tag takes the place of the one before", async () => {
  const untagged: Answer = (c, n) => c.json({ n }, 200, n === 0 ? { ETag: '"0"' } : {});
  const played = await play(untagged, { phases: inTurn("r0", "w0", "r0", "r1", "r0") });
  expect(played.sent).toEqual([undefined, undefined, '"0"', undefined, undefined]);
});

test("who asks with a tag of their own goes on doing so", async () => {
  const { sent } = await play(right, { phases: inTurn("r3", "r0", "r3") });
  expect(sent).toEqual(['"of-their-own"', undefined, '"of-their-own"']);
});

test("who asks with a tag of their own has it answered as it is", async () => {
  const played = await play(
    tagged(() => '"of-their-own"'),
    { phases: inTurn("r3", "w0", "r3") },
  );
  expect(responses(played).at(-1)).toEqual([304, "", undefined]);
});

test("a request that was under way when the tag came has none", async () => {
  const actors = [0, 1, 2].map(() => ({ ref: "r0" as const, instance: 0 as const }));
  const phases = [{ actors }];
  expect((await play(right, { phases, wholeReads: true })).sent).toEqual([undefined, undefined, '"0"']);
  expect((await play(right, { phases }, ARRIVALS)).sent).toEqual([undefined, undefined, undefined]);
});

test("clients that keep nothing send nothing, as a plan or a repair has it", async () => {
  const phases = inTurn("r0", "r0", "r0");
  expect((await play(right, { phases, forgetfulClients: true })).sent).toEqual([undefined, undefined, undefined]);
  const repaired = await play(right, { phases, repairs: [{ kind: "forget-answers" }] });
  expect(repaired.sent).toEqual([undefined, undefined, undefined]);
});

test("the same plan goes the same way again", async () => {
  const plan = { phases: inTurn("r0", "w0", "r0", "r0", "r0"), probe: true, trace: true };
  expect((await play(right, plan)).history).toEqual((await play(right, plan)).history);
});
