/**
 * For this folder's tests only: the service with given handler files over real SQLite and a real Keyv, one request at
 * a time. No gate and no schedules: whether a fix holds under interleaving is the checker's business.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Sqlite from "better-sqlite3";
import { Hono } from "hono";
import Keyv from "keyv";
import type {
  Cast,
  Database,
  Handler,
  Random,
  RequestSpec,
  Seeder,
  SqlValue,
  Transaction,
  TruthReader,
  Variables,
} from "../../../src/vocabulary.ts";
import { scenario } from "../scenario.ts";

export interface TestService {
  readonly cast: Cast;
  readonly reader: TruthReader;
  readonly seeder: Seeder;
  send(request: RequestSpec): Promise<{ readonly status: number; readonly body: unknown }>;
  runJob(): Promise<unknown>;
  close(): void;
}

/** Seeded as a world whose ids begin at 5001, or as the workshop; then the cast is empty. */
export async function openService(
  files: ReadonlyMap<string, string>,
  data: "world" | "workshop" = "world",
): Promise<TestService> {
  const sqlite = new Sqlite(":memory:");
  sqlite.exec(scenario.schema);
  const seeder = seederOf(sqlite);
  const cast = seed(seeder, data);
  const app = await appOf(files, seeder);
  const send: TestService["send"] = (request) => sendTo(app, request);
  return {
    cast,
    reader: seeder,
    seeder,
    send,
    runJob: () => send({ route: "change-feed", path: "/jobs/change-feed" }),
    close: () => void sqlite.close(),
  };
}

function seed(db: Seeder, data: "world" | "workshop"): Cast {
  if (data === "world") return scenario.seedWorld({ db, random, id: (n) => 5000 + n, now: "2026-02-03T10:00:00.000Z" });
  scenario.seedWorkshop(db, random);
  return { reads: [], writes: [], refused: [] };
}

/** The middle of everything: no chance at all. */
const random: Random = {
  integer: (low, high) => Math.floor((low + high) / 2),
  pick: <T>(from: readonly T[]): T => {
    const picked = from[Math.floor(from.length / 2)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  },
};

function seederOf(sqlite: Sqlite.Database): Seeder {
  return {
    get: <Row>(sql: string, ...params: SqlValue[]) => sqlite.prepare<SqlValue[], Row>(sql).get(...params),
    all: <Row>(sql: string, ...params: SqlValue[]) => sqlite.prepare<SqlValue[], Row>(sql).all(...params),
    run: (sql, ...params) => {
      const { changes, lastInsertRowid } = sqlite.prepare<SqlValue[]>(sql).run(...params);
      return { changes, lastInsertRowid: Number(lastInsertRowid) };
    },
  };
}

async function appOf(files: ReadonlyMap<string, string>, seeder: Seeder): Promise<Hono<{ Variables: Variables }>> {
  const app = new Hono<{ Variables: Variables }>();
  const cache = new Keyv();
  app.use(async (c, next) => {
    c.set("db", asynchronous(seeder));
    c.set("cache", cache);
    await next();
  });
  for (const [route, handler] of await loadHandlers(files)) app.on(route.method, route.path, (c) => handler(c));
  return app;
}

async function loadHandlers(
  files: ReadonlyMap<string, string>,
): Promise<[(typeof scenario.routes)[number], Handler][]> {
  const folder = await mkdtemp(join(tmpdir(), "stale-stats-test-"));
  try {
    await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)));
    return await Promise.all(
      scenario.routes.map(async (route): Promise<[typeof route, Handler]> => {
        const loaded: Readonly<Record<string, Handler>> = await import(pathToFileURL(join(folder, route.file)).href);
        const handler = loaded[route.export];
        if (handler === undefined) throw new Error(`no handler for ${route.id}`);
        return [route, handler];
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Autocommit and a transaction that nobody can interrupt: enough for one request at a time. */
function asynchronous(db: Seeder): Database {
  const handle: Transaction = {
    get: async (sql, ...params) => db.get(sql, ...params),
    all: async (sql, ...params) => db.all(sql, ...params),
    run: async (sql, ...params) => db.run(sql, ...params),
  };
  return { ...handle, transaction: (body) => body(handle) };
}

async function sendTo(
  app: Hono<{ Variables: Variables }>,
  request: RequestSpec,
): Promise<{ status: number; body: unknown }> {
  const method = scenario.routes.find((route) => route.id === request.route)?.method ?? "GET";
  const init: RequestInit = { method, headers: { "content-type": "application/json", ...request.headers } };
  const response = await app.request(request.path, request.body === undefined ? init : { ...init, body: request.body });
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : (JSON.parse(text) as unknown) };
}
