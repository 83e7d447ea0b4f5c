/** What reaches a run from outside its requests: other programs that write, jobs, and the end of a process. */
import { expect, test } from "vitest";
import type { Actor, Chooser, Handler, History, Phase, RequestRef, RunPlan } from "../vocabulary.ts";
import { createAtRest } from "./at-rest.ts";
import { LocalHost } from "./local-host.ts";
import { WorldDatabase } from "./world-database.ts";
import { createWorldRunner, type PlayedScenario } from "./world-runner.ts";

const scenario: PlayedScenario = {
  schema: `CREATE TABLE items (id INTEGER PRIMARY KEY, n INTEGER NOT NULL);
    CREATE TABLE changes (id INTEGER PRIMARY KEY, item INTEGER NOT NULL);
    CREATE TRIGGER told AFTER UPDATE ON items BEGIN INSERT INTO changes (item) VALUES (NEW.id); END;`,
  costly: ["items"],
  bookkeeping: ["changes"],
  longestStaleness: 60_000,
  routes: [
    { id: "read", method: "GET", path: "/items/:id", file: "a.ts", export: "read", role: "read", shared: true },
    { id: "write", method: "POST", path: "/items/:id", file: "a.ts", export: "write", role: "write" },
    { id: "tell", method: "POST", path: "/jobs/tell", file: "a.ts", export: "tell", role: "job", every: 1000 },
  ],
  seedWorld: ({ db, id }) => {
    db.run("INSERT INTO items (id, n) VALUES (?, 1)", id(7));
    const path = `/items/${String(id(7))}`;
    return {
      reads: [{ route: "read", path }],
      writes: [{ route: "write", path }],
      refused: [],
      external: [
        { label: "an import", run: (other) => void other.run("UPDATE items SET n = 100 WHERE id = ?", id(7)) },
      ],
    };
  },
  truth: (db, { path }) => ({
    status: 200,
    body: db.get<{ n: number }>("SELECT n FROM items WHERE id = ?", Number(path.split("/")[2])) ?? null,
  }),
};

const read: Handler = async (c) => {
  const id = Number(c.req.param("id"));
  const hit = await c.var.cache.get<object>(`n_${String(id)}`);
  if (hit !== undefined) return c.json(hit);
  const row = await c.var.db.get("SELECT n FROM items WHERE id = ?", id);
  await c.var.cache.set(`n_${String(id)}`, row, 60_000);
  return c.json(row);
};

const write: Handler = async (c) => {
  const id = Number(c.req.param("id"));
  await c.var.db.transaction(async (tx) => {
    await tx.run("UPDATE items SET n = n + 1 WHERE id = ?", id);
    await tx.run("UPDATE items SET n = n + 1 WHERE id = ?", id);
  });
  await c.var.cache.delete(`n_${String(id)}`);
  return c.json({}, 200);
};

const tell: Handler = async (c) => {
  const changes = await c.var.db.all<{ id: number; item: number }>("SELECT id, item FROM changes");
  for (const { id, item } of changes) {
    await c.var.cache.delete(`n_${String(item)}`);
    await c.var.db.run("DELETE FROM changes WHERE id = ?", id);
  }
  return c.json({ told: changes.length });
};

const handlers = new Map<string, Handler>([
  ["read", read],
  ["write", write],
  ["tell", tell],
]);

function runner(): ReturnType<typeof createWorldRunner> {
  const host = new LocalHost({
    atRest: createAtRest({ isUnderWay: () => false }),
    routes: scenario.routes,
    handlers: [handlers, handlers],
    globals: { connect: () => {} },
    locate: () => null,
  });
  return createWorldRunner({ scenario, host, database: new WorldDatabase(scenario.schema) });
}

async function play(phases: readonly Phase[], more: Partial<RunPlan> = {}, order: number[] = []): Promise<History> {
  const plan = { phases, probe: false, seed: "test", trace: true, ...more };
  return await runner().run(plan, following(order));
}

function one(ref: RequestRef, instance: 0 | 1 = 0): Phase {
  return { actors: [{ ref, instance }] };
}

function atOnce(...refs: readonly RequestRef[]): Phase {
  return { actors: refs.map((ref): Actor => ({ ref, instance: 0 })) };
}

/** Chooses by actor, step after step; the first option once the list is used up. */
function following(actors: number[]): Chooser {
  const left = [...actors];
  return {
    choose: ({ options }) => {
      const wanted = left.shift();
      return Math.max(
        0,
        options.findIndex(({ actor }) => actor === wanted),
      );
    },
  };
}

function bodies(history: History): unknown[] {
  return history.requests.map(({ response }) => response?.body);
}

function crash(from: number): Partial<RunPlan> {
  return { faults: [{ kind: "crash", from }] };
}

test("the cast counts external writes, jobs, and the reads that share an answer", () => {
  expect(runner().shape).toEqual({ reads: 1, writes: 1, refused: 0, others: 0, external: 1, jobs: 1, shared: [0] });
});

test("an external write is one event that arrives, commits and is over, and tells what it changed", async () => {
  const history = await play([one("e0")]);
  expect(history.requests).toMatchObject([
    {
      role: "external",
      method: "SQL",
      path: "UPDATE items",
      label: "an import",
      arrived: 0,
      answered: 0,
      response: null,
      changes: [
        { kind: "update", table: "items", id: 7, set: { n: 100 } },
        { kind: "insert", table: "changes", row: { item: 7 } },
      ],
    },
  ]);
  expect(history.events).toMatchObject([{ kind: "database", actor: 0, changes: 1, committed: 1 }]);
  expect(history.versions.map(({ actor }) => actor)).toEqual([null, 0]);
});

test("an external write waits while a request has the database locked", async () => {
  const history = await play([atOnce("w0", "e0")], {}, [0, 0, 1, 1, 1]);
  const committed = history.events.flatMap((event) =>
    event.kind === "database" && event.committed !== undefined ? [event.actor] : [],
  );
  expect(committed).toEqual([0, 1]);
  expect(history.differences).toMatchObject([{ table: "items", after: { n: 100 } }]);
});

test("what a job does is written down under its name, and bookkeeping is nobody's business", async () => {
  const history = await play([one("r0"), one("e0"), one("j0"), one("r0")]);
  expect(history.requests[2]).toMatchObject({ role: "job", method: "JOB", path: "tell", response: { status: 200 } });
  expect(bodies(history)).toEqual([{ n: 1 }, undefined, { told: 1 }, { n: 100 }]);
  expect(history.differences.map(({ table }) => table)).toEqual(["items"]);
  expect(history.longestStaleness).toBe(60_000);
});

test("a crash leaves the transaction rolled back, the request unanswered, and the rest to the other process", async () => {
  // begin, update, update, commit: dead before the third step
  const history = await play([one("r0"), one("w0"), one("r0")], crash(2));
  expect(history.requests.map(({ answered, instance }) => [answered !== null, instance])).toEqual([
    [true, 0],
    [false, 0],
    [true, 1],
  ]);
  expect(history.versions).toHaveLength(1);
  expect(history.events.filter(({ kind }) => kind === "crash")).toMatchObject([{ actor: 1 }]);
  expect(history.end).toEqual({ kind: "complete" });
  expect(bodies(history)).toEqual([{ n: 1 }, undefined, { n: 1 }]);
});

test("nobody waits for the transaction of a process that has died", async () => {
  const history = await play([one("w0"), one("w0", 1), one("r0")], crash(2));
  expect(bodies(history)).toEqual([undefined, {}, { n: 3 }]);
});

test("a crash after the commit loses the invalidation, which the job makes up for", async () => {
  const without = await play([one("r0"), one("w0"), one("r0")], crash(4));
  expect(bodies(without)).toEqual([{ n: 1 }, undefined, { n: 1 }]);
  const afterwards = await play([one("r0"), one("w0"), one("j0"), one("r0")], crash(4));
  expect(bodies(afterwards)).toEqual([{ n: 1 }, undefined, { told: 2 }, { n: 3 }]);
});

test("a crash counts steps of writes and jobs only, takes others of its process along, and none of the other's", async () => {
  const actors: Actor[] = [
    { ref: "r0", instance: 0 },
    { ref: "r0", instance: 1 },
    { ref: "w0", instance: 0 },
  ];
  // both reads have asked the cache when the write begins
  const history = await play([{ actors }], crash(0), [0, 0, 1, 1, 2, 2]);
  expect(history.requests.map(({ answered }) => answered !== null)).toEqual([false, true, false]);
});

test("whoever is still to come when its process dies is served by the other one", async () => {
  const history = await play(
    [
      {
        actors: [
          { ref: "w0", instance: 0 },
          { ref: "r0", instance: 0 },
        ],
      },
    ],
    crash(0),
  );
  expect(history.requests.map(({ instance, answered }) => [instance, answered !== null])).toEqual([
    [0, false],
    [1, true],
  ]);
});

test("only one process dies", async () => {
  const history = await play([one("w0"), one("w0", 1)], {
    faults: [
      { kind: "crash", from: 0 },
      { kind: "crash", from: 1 },
    ],
  });
  expect(history.requests.map(({ answered }) => answered !== null)).toEqual([false, true]);
});
