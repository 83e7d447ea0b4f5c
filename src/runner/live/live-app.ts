/**
 * A scenario's service as a Hono app: its routes, the handlers given for them, and `c.var` with database and cache.
 * One app per world; takes what is built elsewhere and listens on no port.
 */
import { Hono } from "hono";
import type Keyv from "keyv";
import type { Context, Handler, HandlerError, Route, Scenario, Variables } from "../../vocabulary.ts";
import { locate } from "./handler-location.ts";
import { LiveDatabase } from "./live-database.ts";
import { createLiveCache } from "./live-cache.ts";
import type { LiveCache } from "./live-cache.ts";
import type { Observer } from "./live-step.ts";
import { createOutage } from "./outage.ts";
import { createRequestScope } from "./request-scope.ts";
import type { RequestScope } from "./request-scope.ts";

export interface LiveWorldOptions {
  readonly scenario: Pick<Scenario, "routes" | "databaseDelay" | "costly">;
  /** One handler for each route id. */
  readonly handlers: ReadonlyMap<string, Handler>;
  /** The folder from which the handlers were loaded: what they throw is located in it. */
  readonly folder: string;
  readonly databaseFile: string;
  readonly observe: Observer;
  /** Numbers the requests; a world that takes over from another goes on counting. Its own unless given. */
  readonly scope?: RequestScope;
  /** Called when a request has found its route, before its handler. */
  readonly onRoute?: (c: Context, route: Route) => void;
  /** Called at once when something was committed. */
  readonly onCommit?: () => void;
  /** How a database delay is waited for; a real timer unless given. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** In place of the one in memory, over a store that other processes share: not observed, its entries not listed. */
  readonly cache?: Keyv;
}

export type LiveApp = Hono<{ Variables: Variables }>;

export interface LiveWorld {
  readonly app: LiveApp;
  readonly database: LiveDatabase;
  readonly cache: LiveCache;
  /** The same world under other handlers; requests under way finish on those with which they began. */
  mount(handlers: ReadonlyMap<string, Handler>, folder: string): LiveApp;
  close(): void;
}

/** Throws an environment error when the database cannot be opened. */
export function openLiveWorld(options: LiveWorldOptions): LiveWorld {
  const { scenario, observe, wait, onCommit, scope = createRequestScope() } = options;
  const cache = options.cache === undefined ? createLiveCache({ scope, observe }) : foreignCache(options.cache);
  const database = new LiveDatabase({
    file: options.databaseFile,
    delay: scenario.databaseDelay,
    costly: scenario.costly,
    scope,
    observe,
    ...(onCommit === undefined ? {} : { onCommit }),
    ...(wait === undefined ? {} : { wait }),
  });
  const variables = { db: database.db, cache: cache.cache };
  const mount: LiveWorld["mount"] = (handlers, folder) =>
    createLiveApp({ ...options, handlers, folder, scope, variables });
  return { app: mount(options.handlers, options.folder), database, cache, mount, close: () => database.close() };
}

function foreignCache(cache: Keyv): LiveCache {
  return {
    cache,
    entries: () => [],
    entry: () => null,
    size: 0,
    empty: () => {},
    outage: createOutage(),
  };
}

interface AppParts extends Pick<LiveWorldOptions, "scenario" | "handlers" | "folder" | "observe" | "onRoute"> {
  readonly scope: RequestScope;
  readonly variables: Variables;
}

function createLiveApp(parts: AppParts): LiveApp {
  const app: LiveApp = new Hono<{ Variables: Variables }>();
  const thrown = new WeakMap<Request, HandlerError>();
  app.use((c, next) => parts.scope.enter((request) => observed(parts, { number: request.number, thrown, c, next })));
  for (const route of parts.scenario.routes) app.on(route.method, route.path, handlerOf(parts, route));
  app.onError((error, c) => {
    if ("getResponse" in error) return error.getResponse(); // Hono's HTTPException: an answer that the handler chose
    thrown.set(c.req.raw, { name: error.name, message: error.message, location: locate(error, parts.folder) });
    return c.json({ error: "Internal Server Error" }, 500);
  });
  return app;
}

interface Passing {
  readonly number: number;
  readonly thrown: WeakMap<Request, HandlerError>;
  readonly c: Parameters<Handler>[0];
  readonly next: () => Promise<void>;
}

async function observed({ observe, variables }: AppParts, { number, thrown, c, next }: Passing): Promise<void> {
  const started = performance.now();
  observe({ kind: "arrival", request: number, at: Date.now(), duration: 0, method: c.req.method, path: c.req.path });
  c.set("db", variables.db);
  c.set("cache", variables.cache);
  await next(); // Hono answers what a handler throws before this returns
  const duration = performance.now() - started;
  const error = thrown.get(c.req.raw) ?? null;
  observe({ kind: "answer", request: number, at: Date.now(), duration, status: c.res.status, thrown: error });
}

function handlerOf({ handlers, scope, onRoute }: AppParts, route: Route): Handler {
  const handler = handlers.get(route.id);
  if (handler === undefined) throw new Error(`no handler was given for the route ${route.id}`);
  return async (c) => {
    const request = scope.current();
    if (request !== null) request.route = route.id;
    onRoute?.(c, route);
    try {
      return await handler(c);
    } catch (thrown) {
      throw thrown instanceof Error ? thrown : new Error(String(thrown)); // Hono passes on what is no Error
    }
  };
}
