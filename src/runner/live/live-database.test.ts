import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { afterEach, expect, test, vi } from "vitest";
import type { Database } from "../../vocabulary.ts";
import { LiveDatabase } from "./live-database.ts";
import type { LiveDatabaseStep, LiveStep } from "./live-step.ts";
import { createRequestScope } from "./request-scope.ts";

const SCHEMA = `
  CREATE TABLE logs (id INTEGER PRIMARY KEY, text TEXT NOT NULL CHECK (text <> 'bad'));
  CREATE INDEX logs_by_text ON logs (text);
  CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
  CREATE VIEW all_texts AS SELECT text FROM logs;
  INSERT INTO logs (text) VALUES ('first');
`;

const REFUSED = /not available to handlers|more than one statement/u;

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

interface Bench {
  readonly db: Database;
  readonly file: string;
  readonly steps: LiveStep[];
  readonly waits: number[];
  readonly truth: LiveDatabase["truth"];
  /** Runs the body as a request of its own. */
  request<Result>(body: (db: Database) => Promise<Result>): Promise<Result>;
}

function open(): Bench {
  const folder = mkdtempSync(join(tmpdir(), "live-database-"));
  const file = join(folder, "test.db");
  const made = new BetterSqlite3(file);
  made.exec(SCHEMA);
  made.close();
  const scope = createRequestScope();
  const steps: LiveStep[] = [];
  const waits: number[] = [];
  const live = new LiveDatabase({
    file,
    delay: { costly: 7, plain: 1 },
    costly: ["logs"],
    scope,
    observe: (step) => steps.push(step),
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  });
  cleanups.push(() => {
    live.close();
    rmSync(folder, { recursive: true });
  });
  return { db: live.db, file, steps, waits, truth: live.truth, request: (body) => scope.enter(() => body(live.db)) };
}

const count = async (db: Pick<Database, "get">): Promise<number | undefined> =>
  (await db.get<{ n: number }>("SELECT COUNT(*) AS n FROM logs"))?.n;

const insert = (db: Pick<Database, "run">, text = "more"): Promise<unknown> =>
  db.run("INSERT INTO logs (text) VALUES (?)", text);

/** Lets everything go on that does not wait for something else. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

test("SQL tells the time of the service, also where it has been put ahead", async () => {
  const { db } = open();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2031, 4, 6, 7, 8, 9) });
  cleanups.push(() => void vi.useRealTimers());
  const told = await db.get(
    "SELECT datetime('now') AS now, CURRENT_TIMESTAMP AS stamp, date('now', '+1 day') AS tomorrow, unixepoch('2001-09-09 01:46:40') AS old",
  );
  expect(told).toEqual({
    now: "2031-05-06 07:08:09",
    stamp: "2031-05-06 07:08:09",
    tomorrow: "2031-05-07",
    old: 1_000_000_000,
  });
});

test("other requests read the last committed state while a transaction is open, and the new one after it", async () => {
  const { request, truth } = open();
  const { promise: gate, resolve: openGate } = Promise.withResolvers<void>();
  const inserted = Promise.withResolvers<void>();
  const writing = request((db) =>
    db.transaction(async (tx) => {
      await insert(tx);
      expect(await count(tx)).toBe(2);
      inserted.resolve();
      await gate;
    }),
  );
  await inserted.promise;
  expect(await request(count)).toBe(1);
  expect(truth.get("SELECT COUNT(*) AS n FROM logs")).toEqual({ n: 1 });
  openGate();
  await writing;
  expect(await request(count)).toBe(2);
});

test("writes and transactions of others wait for the open one, and go on in the order in which they came", async () => {
  const { request } = open();
  const { promise: gate, resolve: openGate } = Promise.withResolvers<void>();
  const order: string[] = [];
  const note = (name: string) => (): number => order.push(name);
  const first = request((db) => db.transaction(() => gate)).then(note("first"));
  await settle();
  const write = request((db) => insert(db)).then(note("write"));
  const second = request((db) => db.transaction((tx) => insert(tx))).then(note("second"));
  const returning = request((db) => db.get("INSERT INTO logs (text) VALUES ('r') RETURNING id")).then(
    note("returning"),
  );
  await settle();
  expect(order).toEqual([]);
  expect(await request(count)).toBe(1);
  openGate();
  await Promise.all([first, write, second, returning]);
  expect(order[0]).toBe("first");
  expect(await request((db) => db.all("SELECT text FROM logs WHERE id > 1 ORDER BY id"))).toEqual([
    { text: "more" },
    { text: "more" },
    { text: "r" },
  ]);
});

test("the same request's plain calls join its transaction and are rolled back with it", async () => {
  const { request } = open();
  const failed = request((db) =>
    db.transaction(async () => {
      await insert(db);
      expect(await count(db)).toBe(2);
      throw new Error("no");
    }),
  );
  await expect(failed).rejects.toThrow("no");
  expect(await request(count)).toBe(1);
});

test("a nested transaction joins the open one: one begin, one commit, one rollback for both", async () => {
  const { request, steps } = open();
  await request((db) => db.transaction(() => db.transaction((tx) => insert(tx))));
  const names = (steps as LiveDatabaseStep[]).map(({ operation }) => operation);
  expect(names).toEqual(["begin", "run", "commit"]);
  const failed = request((db) =>
    db.transaction(async () => {
      await db.transaction((tx) => insert(tx));
      throw new Error("outer");
    }),
  );
  await expect(failed).rejects.toThrow("outer");
  expect(await request(count)).toBe(2);
});

test("two transactions that one request starts at once share one, which ends when both are done", async () => {
  const { request } = open();
  await request((db) =>
    Promise.all([
      db.transaction((tx) => insert(tx)),
      db.transaction(async (tx) => {
        await settle();
        await insert(tx);
      }),
    ]),
  );
  expect(await request(count)).toBe(3);
});

test("transactions outside any request are isolated from each other too", async () => {
  const { db } = open();
  const rejected = db.transaction(async () => {
    await insert(db);
    throw new Error("no");
  });
  const [outcome] = await Promise.allSettled([rejected, db.transaction((tx) => insert(tx))]);
  expect(outcome.status).toBe("rejected");
  expect(await count(db)).toBe(2);
});

test("after its end a transaction's handle is refused, and plain calls commit by themselves again", async () => {
  const { request } = open();
  await request(async (db) => {
    const tx = await db.transaction((inner) => Promise.resolve(inner));
    await expect(insert(tx)).rejects.toThrow("This transaction is over");
    await insert(db);
  });
  expect(await request(count)).toBe(2);
});

test("a body that throws at once rolls back and lets the next one in", async () => {
  const { request } = open();
  const failed = request((db) =>
    db.transaction(() => {
      throw new Error("at once");
    }),
  );
  await expect(failed).rejects.toThrow("at once");
  await request((db) => db.transaction((tx) => insert(tx)));
  expect(await request(count)).toBe(2);
});

test("when SQLite gives a transaction up by itself, nothing after it is committed one by one", async () => {
  const { request } = open();
  const failed = request((db) =>
    db.transaction(async (tx) => {
      await insert(tx);
      await tx.run("INSERT OR ROLLBACK INTO logs (text) VALUES ('bad')").catch(() => undefined);
      await insert(tx).catch(() => undefined);
    }),
  );
  await expect(failed).rejects.toThrow("roll it back");
  expect(await request(count)).toBe(1);
});

test("calls of one request take effect in the order in which it made them, awaited or not", async () => {
  const { request } = open();
  const { promise: gate, resolve: openGate } = Promise.withResolvers<void>();
  const holding = request((db) => db.transaction(() => gate));
  await settle();
  const seen = request(async (db) => {
    const [, n] = await Promise.all([insert(db), count(db)]);
    return n;
  });
  await settle();
  openGate();
  await holding;
  expect(await seen).toBe(2);
});

test.for([
  "BEGIN",
  "begin immediate",
  " \n-- why\nCOMMIT",
  "/* x */ ROLLBACK",
  ";;SAVEPOINT a",
  "RELEASE a",
  "PRAGMA foreign_keys = OFF",
  "EXPLAIN PRAGMA foreign_keys = OFF",
  "/**/-- y\n/* z */pragma user_version",
  "\uFEFFPRAGMA user_version",
  "ATTACH ':memory:' AS other",
  "DETACH other",
  "VACUUM",
  "SELECT 1; SELECT 2",
  "",
])("%j is refused by get, all and run, inside a transaction as well, and changes nothing", async (sql) => {
  const { db, request } = open();
  for (const query of ["get", "all", "run"] as const) {
    await expect(db[query](sql)).rejects.toThrow(REFUSED);
    await request((handle) => handle.transaction((tx) => expect(tx[query](sql)).rejects.toThrow(REFUSED)));
  }
  await expect(db.run("INSERT INTO names (name) VALUES ('a'), ('a')")).rejects.toThrow("UNIQUE");
  await insert(db);
  expect(await count(db)).toBe(2);
});

test("a read of a costly table waits longer, through an index or a view too, and a write to it does not", async () => {
  const { db, waits } = open();
  await db.all("SELECT text FROM logs WHERE text = ?", "first");
  await db.all("SELECT * FROM all_texts");
  await db.all("SELECT * FROM names");
  await insert(db);
  await db.run("INSERT INTO names (name) SELECT text FROM logs");
  expect(waits).toEqual([7, 7, 1, 1, 7]);
});

test("each step is reported with its request, statement, parameters and tables", async () => {
  const { request, steps } = open();
  await request((db) => db.transaction((tx) => tx.all("SELECT * FROM logs WHERE id = ? AND text <> ?", 1n, "x")));
  await expect(request((db) => db.get("SELECT absent FROM logs"))).rejects.toThrow("no such column");
  expect(steps.map(({ at: _, duration: __, ...step }) => step)).toEqual([
    { kind: "database", request: 1, operation: "begin", sql: null, params: [], reads: [], costly: false },
    {
      kind: "database",
      request: 1,
      operation: "all",
      sql: "SELECT * FROM logs WHERE id = ? AND text <> ?",
      params: ["1", "x"],
      reads: ["logs"],
      costly: true,
      changes: 0,
    },
    { kind: "database", request: 1, operation: "commit", sql: null, params: [], reads: [], costly: false },
    {
      kind: "database",
      request: 2,
      operation: "get",
      sql: "SELECT absent FROM logs",
      params: [],
      reads: [],
      costly: false,
      error: "no such column: absent",
    },
  ]);
});

test("after the schema changed, statements still work and tables are told apart on their new pages", async () => {
  const { db, waits } = open();
  expect(await count(db)).toBe(1);
  await db.run("DROP TABLE logs");
  await db.run("CREATE TABLE filler (id INTEGER PRIMARY KEY)");
  await db.run("CREATE TABLE logs (id INTEGER PRIMARY KEY, text TEXT)");
  expect(await count(db)).toBe(0);
  await db.all("SELECT * FROM filler");
  expect(waits).toEqual([7, 1, 1, 1, 7, 1]);
});

test("run tells how many rows changed and the row's id; RETURNING inserts all its rows even through get", async () => {
  const { db } = open();
  expect(await insert(db)).toEqual({ changes: 1, lastInsertRowid: 2 });
  expect(await db.get("INSERT INTO logs (text) VALUES ('a'), ('b') RETURNING id")).toEqual({ id: 3 });
  expect(await count(db)).toBe(4);
});

test("a file that is missing or is no database is an error with a way out", () => {
  const scope = createRequestScope();
  const options = { delay: { costly: 0, plain: 0 }, costly: [], scope, observe: () => undefined };
  expect(() => new LiveDatabase({ ...options, file: join(tmpdir(), "no-such-folder", "x.db") })).toThrow(
    expect.objectContaining({ code: "environment", hint: expect.stringContaining("setup-test-data") }),
  );
  expect(() => new LiveDatabase({ ...options, file: import.meta.filename })).toThrow(
    expect.objectContaining({ code: "environment" }),
  );
});
