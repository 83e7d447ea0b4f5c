/**
 * A scenario's service as a Hono app: its routes, the handlers given for them, and `c.var` with database and cache.
 * One app per world; takes what is built elsewhere and listens on no port.
 */
import { Hono, type HonoRequest } from "hono";
import type { Context, Handler, HandlerError, Route, Scenario, Variables } from "../../vocabulary.ts";
import { locate } from "./handler-location.ts";
import { LiveDatabase } from "./live-database.ts";
import { createLiveCache } from "./live-cache.ts";
import type { CacheParts, LiveCache } from "./live-cache.ts";
import type { Observer } from "./live-step.ts";
import { createRequestScope } from "./request-scope.ts";
import type { LiveRequest, RequestScope } from "./request-scope.ts";

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
  /** Makes the cache; the one in memory unless given. It is closed with the world. */
  readonly cache?: (parts: CacheParts) => LiveCache;
}

export type LiveApp = Hono<{ Variables: Variables }>;

export interface LiveWorld {
  readonly app: LiveApp;
  readonly database: LiveDatabase;
  readonly cache: LiveCache;
  /** The same world under other handlers; requests under way finish on those with which they began. */
  mount(handlers: ReadonlyMap<string, Handler>, folder: string): LiveApp;
  close(): void;
  /** Closes it, and leaves nothing in the cache, wherever that is. Never rejects. */
  abandon(): Promise<void>;
}

/** Throws an environment error when the database cannot be opened. */
export function openLiveWorld(options: LiveWorldOptions): LiveWorld {
  const { scenario, observe, wait, onCommit, scope = createRequestScope() } = options;
  const database = new LiveDatabase({
    file: options.databaseFile,
    delay: scenario.databaseDelay,
    costly: scenario.costly,
    scope,
    observe,
    ...(onCommit === undefined ? {} : { onCommit }),
    ...(wait === undefined ? {} : { wait }),
  });
  // Last: whatever fails before must not leave a connection behind.
  const cache = (options.cache ?? createLiveCache)({ scope, observe });
  const variables = { db: database.db, cache: cache.cache };
  const mount: LiveWorld["mount"] = (handlers, folder) =>
    createLiveApp({ ...options, handlers, folder, scope, variables });
  return {
    app: mount(options.handlers, options.folder),
    database,
    cache,
    mount,
    close: () => {
      cache.close();
      database.close();
    },
    abandon: () => {
      database.close();
      return cache.abandon();
    },
  };
}

interface AppParts extends Pick<LiveWorldOptions, "scenario" | "handlers" | "folder" | "observe" | "onRoute"> {
  readonly scope: RequestScope;
  readonly variables: Variables;
}

/** Each route does everything itself: a middleware before it would make Hono put a chain together for each request. */
function createLiveApp(parts: AppParts): LiveApp {
  const app: LiveApp = new Hono<{ Variables: Variables }>();
  for (const route of parts.scenario.routes) app.on(route.method, route.path, handlerOf(parts, route));
  app.notFound((c) => parts.scope.enter((request) => observed(parts, { c, request, handler: notFound })));
  return app;
}

function notFound(c: Context): Response {
  return c.text("404 Not Found", 404);
}

function handlerOf(parts: AppParts, route: Route): Handler {
  const { handlers, scope, onRoute } = parts;
  const handler = handlers.get(route.id);
  if (handler === undefined) throw new Error(`no handler was given for the route ${route.id}`);
  return (c) =>
    scope.enter((request) => {
      if (route.role === "job" && isFromOutside(c)) return observed(parts, { c, request, handler: notFound });
      request.route = route.id;
      onRoute?.(c, route);
      const name = route.role === "job" ? { method: "JOB", path: route.id } : c.req; // as verdicts call it
      return observed(parts, { c, request, handler, name });
    });
}

/** A job is run by the service itself: to others there is nothing under its path. */
function isFromOutside(c: Context): boolean {
  return typeof c.env === "object" && c.env !== null && "incoming" in c.env;
}

interface Passing {
  readonly c: Context;
  readonly request: LiveRequest;
  readonly handler: Handler;
  /** What it is called in its first step. */
  readonly name?: Pick<HonoRequest, "method" | "path">;
}

async function observed(
  parts: AppParts,
  { c, request: { number }, handler, name = c.req }: Passing,
): Promise<Response> {
  const { observe, variables } = parts;
  const started = performance.now();
  const { method, path } = name;
  observe({ kind: "arrival", request: number, at: Date.now(), duration: 0, method, path });
  c.set("db", variables.db);
  c.set("cache", variables.cache);
  let response: Response;
  let thrown: HandlerError | null = null;
  try {
    response = answerOf(c, await handler(c));
  } catch (error) {
    const failed = failureOf(error, parts.folder);
    response = failed.response ?? c.json({ error: "Internal Server Error" }, 500);
    thrown = failed.thrown;
  }
  const duration = performance.now() - started;
  observe({ kind: "answer", request: number, at: Date.now(), duration, status: response.status, thrown });
  return response;
}

/** In Hono's words. Without types, a handler may return nothing, having set the answer on the context or not at all. */
function answerOf(c: Context, returned: Response | undefined): Response {
  if (returned !== undefined) return returned;
  if (c.finalized) return c.res;
  throw new Error("Context is not finalized. Did you forget to return a Response object or `await next()`?");
}

interface Failed {
  readonly response: Response | null;
  readonly thrown: HandlerError | null;
}

function failureOf(error: unknown, folder: string): Failed {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (isAnswer(error)) return { response: error.getResponse(), thrown: null };
  return { response: null, thrown: { name, message, location: locate(error, folder) } };
}

/** Hono's HTTPException, of whichever copy of Hono: an answer that the handler chose. */
function isAnswer(error: unknown): error is { getResponse(): Response } {
  return error instanceof Error && "getResponse" in error && typeof error.getResponse === "function";
}
