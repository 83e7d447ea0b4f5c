/**
 * For this folder's tests only: the service with given handler files over real SQLite and a real Keyv, one request at
 * a time. No gate and no schedules: whether a fix holds under interleaving is the checker's business.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Hono } from "hono";
import Keyv from "keyv";
import type { Database, Handler, RequestSpec, Seeder, Transaction, Variables } from "../../../src/vocabulary.ts";
import { scenario } from "../scenario.ts";
import { openDatabase } from "./open-database.ts";

export interface TestService {
  readonly db: Seeder;
  readonly cache: Keyv;
  send(request: RequestSpec): Promise<{ readonly status: number; readonly body: unknown }>;
}

/** Starts with an empty database: seed it first. The folder with the handlers is gone when this resolves. */
export async function openService(files: ReadonlyMap<string, string>): Promise<TestService> {
  const app = new Hono<{ Variables: Variables }>();
  const db = openDatabase();
  const cache = new Keyv();
  app.use(async (c, next) => {
    c.set("db", asynchronous(db));
    c.set("cache", cache);
    await next();
  });
  const handlers = await loadHandlers(files);
  for (const route of scenario.routes) app.on(route.method, route.path, (c) => handlers(route.id)(c));
  return { db, cache, send: (request) => send(app, request) };
}

async function loadHandlers(files: ReadonlyMap<string, string>): Promise<(route: string) => Handler> {
  const folder = await mkdtemp(join(tmpdir(), "stale-stats-test-"));
  try {
    await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)));
    const found = await Promise.all(
      scenario.routes.map((route) => loadHandler(join(folder, route.file), route.export)),
    );
    return (id) => found[scenario.routes.findIndex((route) => route.id === id)] ?? missing(id);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function loadHandler(file: string, name: string): Promise<Handler> {
  const loaded: Readonly<Record<string, Handler>> = await import(pathToFileURL(file).href);
  return loaded[name] ?? missing(name);
}

function missing(name: string): never {
  throw new Error(`no handler for ${name}`);
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

async function send(
  app: Hono<{ Variables: Variables }>,
  request: RequestSpec,
): Promise<{ status: number; body: unknown }> {
  const method = scenario.routes.find((route) => route.id === request.route)?.method ?? "GET";
  const init: RequestInit = { method, headers: { "content-type": "application/json", ...request.headers } };
  const response = await app.request(request.path, request.body === undefined ? init : { ...init, body: request.body });
  return { status: response.status, body: await response.json() };
}
