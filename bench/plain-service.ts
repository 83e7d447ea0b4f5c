/**
 * The service as anybody would put it together to run a check by hand: Hono, Keyv over a map, SQLite in memory, no gate.
 * Takes a scenario and its handlers; gives worlds in which requests are simply awaited. What the gate is measured against.
 */
import BetterSqlite3 from "better-sqlite3";
import { Hono } from "hono";
import Keyv from "keyv";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Cast, Database, Handler, Random, RequestSpec, Scenario, Seeder, Variables } from "../src/vocabulary.ts";

const IDS_PER_WORLD = 1000;
const NOW = "2026-01-05T09:00:00.000Z";

export interface PlainService {
  /**
   * Seeds a world with ids that no earlier one used, lets `play` send requests to it, and rolls it back.
   * `dress`: what handlers get as `c.var` in this world instead of the plain handles.
   */
  inWorld(play: (cast: Cast, send: Send) => Promise<unknown>, dress?: Dress): Promise<void>;
}

export type Send = (spec: RequestSpec) => Promise<void>;

export type Dress = (plain: Variables) => Variables;

export function openPlainService(options: {
  scenario: Scenario;
  handlers: ReadonlyMap<string, Handler>;
}): PlainService {
  const { scenario, handlers } = options;
  const statements = openDatabase(scenario.schema);
  const store = new Map<string, unknown>();
  const plain: Variables = { db: asynchronous(statements), cache: new Keyv({ store, useKeyPrefix: false }) };
  const current = { variables: plain };
  const app = mount(scenario, handlers, () => current.variables);
  const send: Send = (spec) => request(app, scenario, spec);
  const savepoint = statements("SAVEPOINT world");
  const rollBack = [statements("ROLLBACK TO world"), statements("RELEASE world")];
  let world = 0;
  return {
    inWorld: async (play, dress = (variables) => variables) => {
      savepoint.run();
      const cast = seed({ scenario, statements, world: ++world });
      store.clear();
      current.variables = dress(plain);
      await play(cast, send);
      for (const statement of rollBack) statement.run();
    },
  };
}

type Statements = (sql: string) => BetterSqlite3.Statement<unknown[], unknown>;

/** Prepares each text once, as any service that cares does. */
function openDatabase(schema: string): Statements {
  const db = new BetterSqlite3(":memory:");
  db.exec(schema);
  const known = new Map<string, BetterSqlite3.Statement<unknown[], unknown>>();
  return (sql) => {
    let statement = known.get(sql);
    if (statement === undefined) {
      statement = db.prepare<unknown[], unknown>(sql);
      known.set(sql, statement);
    }
    return statement;
  };
}

function asynchronous(statements: Statements): Database {
  return {
    get: async <Row>(sql: string, ...params: unknown[]) => statements(sql).get(...params) as Row | undefined,
    all: async <Row>(sql: string, ...params: unknown[]) => statements(sql).all(...params) as Row[],
    run: async (sql, ...params) => toRunResult(statements(sql).run(...params)),
    transaction: async () => {
      throw new Error("The fix that is measured takes no transaction.");
    },
  };
}

function toRunResult({ changes, lastInsertRowid }: BetterSqlite3.RunResult): {
  changes: number;
  lastInsertRowid: number;
} {
  return { changes, lastInsertRowid: Number(lastInsertRowid) };
}

function mount(
  scenario: Scenario,
  handlers: ReadonlyMap<string, Handler>,
  variables: () => Variables,
): Hono<{ Variables: Variables }> {
  const app = new Hono<{ Variables: Variables }>();
  app.use(async (c, next) => {
    const { db, cache } = variables();
    c.set("db", db);
    c.set("cache", cache);
    await next();
  });
  for (const { id, method, path } of scenario.routes) {
    const handler = handlers.get(id);
    if (handler !== undefined) app.on(method, path, (c) => handler(c));
  }
  return app;
}

async function request(app: Hono<{ Variables: Variables }>, scenario: Scenario, spec: RequestSpec): Promise<void> {
  const method = scenario.routes.find(({ id }) => id === spec.route)?.method ?? "GET";
  const init: RequestInit = { method, headers: { ...spec.headers } };
  if (spec.body !== undefined) {
    init.body = spec.body;
    init.headers = { "content-type": "application/json", ...spec.headers };
  }
  const response = await app.fetch(new Request(`http://workshop.local${spec.path}`, init));
  if (response.status >= 400) throw new Error(`${method} ${spec.path} was answered ${response.status}.`);
  await response.text();
}

function seed(options: { scenario: Scenario; statements: Statements; world: number }): Cast {
  const { scenario, statements, world } = options;
  const db: Seeder = {
    get: <Row>(sql: string, ...params: unknown[]) => statements(sql).get(...params) as Row | undefined,
    all: <Row>(sql: string, ...params: unknown[]) => statements(sql).all(...params) as Row[],
    run: (sql, ...params) => toRunResult(statements(sql).run(...params)),
  };
  return scenario.seedWorld({ db, random: chance(world), now: NOW, id: (n) => world * IDS_PER_WORLD + n });
}

function chance(seedNumber: number): Random {
  const generator = xoroshiro128plus(seedNumber);
  const integer = (low: number, high: number): number =>
    low + Math.floor(((generator.next() >>> 0) / 0x1_0000_0000) * (high - low + 1));
  return {
    integer,
    pick: (from) => {
      const item = from[integer(0, from.length - 1)];
      if (item === undefined) throw new RangeError("Nothing to pick from.");
      return item;
    },
  };
}
