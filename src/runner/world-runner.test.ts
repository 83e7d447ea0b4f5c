/** Worlds played with small handlers of their own, in this process: what a step is, who waits, what a reader sees. */
import { expect, test } from "vitest";
import type { CacheEvent, Chooser, DatabaseEvent, Handler, History, RunPlan } from "../vocabulary.ts";
import { createAtRest } from "./at-rest.ts";
import { LocalHost } from "./local-host.ts";
import { WorldDatabase } from "./world-database.ts";
import { createWorldRunner, type PlayedScenario } from "./world-runner.ts";

const scenario: PlayedScenario = {
  schema:
    "CREATE TABLE counters (id INTEGER PRIMARY KEY, n INTEGER NOT NULL); CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)",
  costly: ["counters"],
  routes: [
    { id: "read", method: "GET", path: "/counters/:id", file: "read.ts", export: "read", role: "read" },
    { id: "write", method: "POST", path: "/counters/:id", file: "write.ts", export: "write", role: "write" },
  ],
  seedWorld: ({ db, id }) => {
    db.run("INSERT INTO counters (id, n) VALUES (?, 0)", id(7));
    const path = `/counters/${String(id(7))}`;
    return { reads: [{ route: "read", path }], writes: [{ route: "write", path }], refused: [] };
  },
  truth: (db, request) => ({
    status: 200,
    body: db.get<{ n: number }>("SELECT n FROM counters WHERE id = ?", idOf(request.path)) ?? null,
  }),
};

function idOf(path: string): number {
  return Number(path.split("/")[2]);
}

const read: Handler = async (c) => {
  const id = Number(c.req.param("id"));
  const hit = await c.var.cache.get<object>(`n_${String(id)}`);
  if (hit !== undefined) return c.json(hit);
  const row = await c.var.db.get("SELECT n FROM counters WHERE id = ?", id);
  await c.var.cache.set(`n_${String(id)}`, row, 60_000);
  return c.json(row);
};

const increment = "UPDATE counters SET n = n + 1 WHERE id = ?";

function runnerOf(
  write: Handler,
  readHandler: Handler = read,
): { run: (plan: Partial<RunPlan>, order?: number[]) => Promise<History> } {
  const handlers = new Map<string, Handler>([
    ["read", readHandler],
    ["write", write],
  ]);
  const controls = { connect: () => {} };
  const host = new LocalHost({
    atRest: createAtRest({ isUnderWay: () => false }),
    routes: scenario.routes,
    handlers: [handlers, handlers],
    globals: controls,
    locate: () => null,
  });
  const runner = createWorldRunner({ scenario, host, database: new WorldDatabase(scenario.schema) });
  return {
    run: (plan, order = []) =>
      runner.run(
        { phases: phases("r0", "w0", "r0"), probe: false, seed: "test", trace: true, ...plan },
        following(order),
      ),
  };
}

function phases(...refs: ("r0" | "w0")[]): RunPlan["phases"] {
  return refs.map((ref) => ({ actors: [{ ref, instance: 0 as const }] }));
}

function together(...refs: ("r0" | "w0")[]): RunPlan["phases"] {
  return [{ actors: refs.map((ref) => ({ ref, instance: 0 as const })) }];
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

function cacheEvents(history: History): CacheEvent[] {
  return history.events.filter((event) => event.kind === "cache");
}

function databaseEvents(history: History): DatabaseEvent[] {
  return history.events.filter((event) => event.kind === "database");
}

function bodies(history: History): unknown[] {
  return history.requests.map(({ response }) => response?.body);
}

const forgetful: Handler = async (c) => {
  await c.var.db.run(increment, Number(c.req.param("id")));
  return c.json({}, 201);
};

test("every operation on database and cache is a step, in order, with canonical ids", async () => {
  const history = await runnerOf(forgetful).run({ phases: phases("r0") });
  expect(history.events.map((event) => [event.kind, "operation" in event ? event.operation : null])).toEqual([
    ["arrival", null],
    ["cache", "get"],
    ["database", "get"],
    ["cache", "set"],
    ["answer", null],
  ]);
  expect(cacheEvents(history).map(({ key }) => key)).toEqual(["n_7", "n_7"]);
  expect(history.requests[0]?.path).toBe("/counters/7");
});

test("every commit is a version with what the service must answer in it", async () => {
  const history = await runnerOf(forgetful).run({});
  expect(history.versions.map(({ outcomes }) => outcomes[0]?.body)).toEqual([{ n: 0 }, { n: 1 }]);
  expect(bodies(history)).toEqual([{ n: 0 }, {}, { n: 0 }]);
  expect(history.end).toEqual({ kind: "complete" });
});

test("no world sees what another one did", async () => {
  const runner = runnerOf(forgetful);
  const first = await runner.run({});
  const second = await runner.run({});
  expect(second).toEqual(first);
});

test("a delete that is not awaited is a step left behind and may come after the next request", async () => {
  const careless: Handler = async (c) => {
    const id = Number(c.req.param("id"));
    await c.var.db.run(increment, id);
    // oxlint-disable-next-line typescript/no-floating-promises -- the mistake that this test is about
    c.var.cache.delete(`n_${String(id)}`);
    return c.json({}, 201);
  };
  const history = await runnerOf(careless).run({}, [0, 0, 0, 0, 1, 1, 2, 2]);
  expect(bodies(history).at(-1)).toEqual({ n: 0 });
  expect(cacheEvents(history).at(-1)?.operation).toBe("delete");
  expect(history.switches).toBe(0);
});

test("while a transaction is open others read the committed state, and the open one goes on undisturbed", async () => {
  const transactional: Handler = async (c) => {
    const id = Number(c.req.param("id"));
    await c.var.db.transaction(async (tx) => {
      await tx.run(increment, id);
      await tx.run(increment, id);
    });
    return c.json({}, 201);
  };
  // write: arrival, begin, first increment; then the whole read; then the rest of the write.
  const history = await runnerOf(transactional).run({ phases: together("w0", "r0") }, [0, 0, 0, 1, 1, 1, 1]);
  expect(history.requests[1]?.response?.body).toEqual({ n: 0 });
  expect(history.versions.map(({ outcomes }) => outcomes[1]?.body)).toEqual([{ n: 0 }, { n: 2 }]);
  expect(history.differences).toEqual([{ table: "counters", before: { id: 7, n: 0 }, after: { id: 7, n: 2 } }]);
});

test("a second writer waits until the transaction ends", async () => {
  const transactional: Handler = async (c) => {
    await c.var.db.transaction((tx) => tx.run(increment, Number(c.req.param("id"))));
    return c.json({}, 201);
  };
  const history = await runnerOf(transactional).run({ phases: together("w0", "w0") }, [0, 0, 1, 1, 1, 1]);
  const order = databaseEvents(history).map(({ actor, operation }) => `${String(actor)} ${operation}`);
  expect(order).toEqual(["0 begin", "0 run", "0 commit", "1 begin", "1 run", "1 commit"]);
});

test("a transaction whose callback rejects leaves nothing", async () => {
  const failing: Handler = async (c) => {
    const attempt = c.var.db.transaction(async (tx) => {
      await tx.run(increment, Number(c.req.param("id")));
      throw new Error("changed my mind");
    });
    await attempt.catch(() => {});
    return c.json({}, 201);
  };
  const history = await runnerOf(failing).run({ phases: phases("w0") });
  expect(history.differences).toEqual([]);
  expect(history.versions).toHaveLength(1);
});

test("transaction control, pragmas and attach are refused, however they are written", async () => {
  const texts = [
    "BEGIN",
    " /* x */ commit",
    "-- y\nSAVEPOINT a",
    "PRAGMA user_version = 3",
    "ATTACH ':memory:' AS other",
    "EXPLAIN PRAGMA cache_size = 1",
    ";;VACUUM",
  ];
  const trying: Handler = async (c) => {
    const answers = await Promise.all(
      texts.map((text) =>
        c.var.db.run(text).then(
          () => "ran",
          (error: Error) => error.message,
        ),
      ),
    );
    return c.json(answers);
  };
  const history = await runnerOf(trying).run({ phases: phases("w0") });
  const answers = bodies(history)[0] as string[];
  expect(answers).toHaveLength(texts.length);
  for (const answer of answers) expect(answer).toMatch(/not available to handlers: use db\.transaction/u);
});

test("a change of the schema is told and undone", async () => {
  const meddler: Handler = async (c) => {
    await c.var.db.run("CREATE TRIGGER silent AFTER UPDATE ON counters BEGIN UPDATE notes SET text = ''; END");
    return c.json({}, 201);
  };
  const runner = runnerOf(meddler);
  expect((await runner.run({ phases: phases("w0") })).schemaChanges).toEqual(["silent"]);
  expect((await runner.run({ phases: phases("r0") })).schemaChanges).toEqual([]);
});

test("the cache fails as told, from the operation told, to the end", async () => {
  const runner = runnerOf(forgetful);
  const miss = await runner.run({ phases: phases("r0", "r0"), faults: [{ kind: "miss", from: 2 }] });
  expect(cacheEvents(miss).map(({ hit, fault }) => [hit, fault])).toEqual([
    [false, undefined],
    [undefined, undefined],
    [false, "miss"],
    [undefined, "miss"],
  ]);
  const hang = await runner.run({ phases: phases("r0"), faults: [{ kind: "hang", from: 0 }] });
  expect(hang.end).toEqual({ kind: "stuck", actors: [0] });
  const evict = await runner.run({ phases: phases("r0", "r0"), faults: [{ kind: "evict", from: 2 }] });
  expect(cacheEvents(evict).filter(({ hit }) => hit === true)).toEqual([]);
});

test("an injected delete takes the poison out; the schedule stays the same", async () => {
  const history = await runnerOf(forgetful).run({ repairs: [{ kind: "inject-delete", key: "n_7" }] });
  expect(bodies(history)).toEqual([{ n: 0 }, {}, { n: 1 }]);
  expect(cacheEvents(history).filter(({ repair }) => repair === "inject-delete")).toHaveLength(1);
});

test("mutations of another key are redirected to the key that is read", async () => {
  const misspelt: Handler = async (c) => {
    const id = Number(c.req.param("id"));
    await c.var.db.run(increment, id);
    await c.var.cache.delete(`counter_${String(id)}`);
    return c.json({}, 201);
  };
  const runner = runnerOf(misspelt);
  expect(bodies(await runner.run({})).at(-1)).toEqual({ n: 0 });
  const repaired = await runner.run({ repairs: [{ kind: "redirect-key", from: "counter_7", to: "n_7" }] });
  expect(bodies(repaired).at(-1)).toEqual({ n: 1 });
});

test("a fill that a commit overtook is dropped on demand", async () => {
  const deleting: Handler = async (c) => {
    const id = Number(c.req.param("id"));
    await c.var.db.run(increment, id);
    await c.var.cache.delete(`n_${String(id)}`);
    return c.json({}, 201);
  };
  const order = [0, 0, 0, 1, 1, 1, 0];
  const plan = { phases: together("r0", "w0"), probe: true };
  expect(bodies(await runnerOf(deleting).run(plan, order)).at(-1)).toEqual({ n: 0 });
  const repaired = await runnerOf(deleting).run({ ...plan, repairs: [{ kind: "drop-stale-set" }] }, order);
  expect(bodies(repaired).at(-1)).toEqual({ n: 1 });
});

test("a switch is leaving a request that could go on", async () => {
  const runner = runnerOf(forgetful);
  expect((await runner.run({ phases: together("r0", "w0") }, [0, 0, 0, 0, 1, 1])).switches).toBe(0);
  expect((await runner.run({ phases: together("r0", "w0") }, [0, 0, 1, 1, 0, 0])).switches).toBe(1);
});

test("whole reads offer nobody else while they can go on", async () => {
  const history = await runnerOf(forgetful).run({ phases: together("r0", "w0"), wholeReads: true });
  expect(history.points.slice(1, 4).map(({ options }) => options.map(({ actor }) => actor))).toEqual([[0], [0], [0]]);
});

test("a handler that waits for nothing known is named after a second", async () => {
  const history = await runnerOf(async () => await new Promise<never>(() => {})).run({ phases: phases("w0") });
  expect(history.end).toEqual({ kind: "stuck", actors: [0] });
});

test("an error thrown by a handler is recorded and answered with 500", async () => {
  const history = await runnerOf(() => {
    throw new TypeError("no such thing");
  }).run({ phases: phases("w0") });
  expect(history.requests[0]?.error).toMatchObject({ name: "TypeError", message: "no such thing" });
  expect(history.requests[0]?.response?.status).toBe(500);
});
