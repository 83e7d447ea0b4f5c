/**
 * One instance of the service under check: a Hono app around the participant's handlers, with a database and a Keyv
 * whose every operation is asked for at the gate. Knows nothing of schedules.
 */
import { Hono } from "hono";
import Keyv from "keyv";
import type { Context, Handler, Route, Variables } from "../vocabulary.ts";
import { actorStorage } from "./actor-context.ts";
import type { HandlerError } from "./effect.ts";
import { type Ask, createGatedDatabase } from "./gated-database.ts";
import type { Locate } from "./handler-location.ts";

export interface ServiceInstance {
  readonly app: Hono<{ Variables: Variables }>;
  readonly cache: Keyv;
}

export function createServiceInstance(options: {
  routes: readonly Route[];
  handlers: ReadonlyMap<string, Handler>;
  ask: Ask;
  locate: Locate;
  tracing: () => boolean;
}): ServiceInstance {
  const cache = createCache(options);
  const db = createGatedDatabase(options.ask);
  const app = new Hono<{ Variables: Variables }>();
  app.use(async (c, next) => {
    c.set("db", db);
    c.set("cache", cache);
    await next();
  });
  app.onError((error, c) => {
    if ("getResponse" in error && typeof error.getResponse === "function") return error.getResponse();
    noteError(error, options.locate);
    return c.json({ error: "Internal Server Error" }, 500);
  });
  for (const route of options.routes) {
    const handler = options.handlers.get(route.id);
    if (handler !== undefined) app.on(route.method, route.path, (c: Context) => handler(c));
  }
  return { app, cache };
}

export function noteError(error: unknown, locate: Locate): void {
  const context = actorStorage.getStore();
  if (context === undefined || context.error !== null) return;
  context.error = toHandlerError(error, locate);
}

export function toHandlerError(error: unknown, locate: Locate): HandlerError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { name, message, location: locate(stack) };
}

function createCache(options: { ask: Ask; locate: Locate; tracing: () => boolean }): Keyv {
  const { ask } = options;
  // Keys become text as they would on their way to a real cache: without types, handlers may pass numbers.
  const on = (operation: "get" | "set" | "delete", key: unknown, more: object = {}): Promise<unknown> =>
    ask({ resource: "cache", operation, key: String(key), ...more });
  const store = {
    get: (key: unknown) => on("get", key),
    set: (key: unknown, value: string, ttl?: number) =>
      on("set", key, { value, timeToLive: typeof ttl === "number" ? ttl : null }),
    delete: (key: unknown) => on("delete", key),
    clear: () => ask({ resource: "cache", operation: "clear", key: null }),
  };
  const cache = new Keyv({ store, useKeyPrefix: false });
  cache.hooks.addHandler("preSet", (data: { key: string }) => {
    if (!options.tracing()) return;
    actorStorage.getStore()?.setLocations.set(data.key, options.locate(new Error("location").stack));
  });
  cache.iterator = async function* iterate(): AsyncGenerator<[string, unknown]> {
    const entries = (await ask({ resource: "cache", operation: "keys", key: null })) as [string, string][];
    for (const [key, stored] of entries) {
      const data = await cache.deserializeData<unknown>(stored);
      yield [key, data?.value];
    }
  };
  return cache;
}
