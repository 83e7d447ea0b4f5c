/**
 * The routes of whoever runs a service, beside the service's own: the same database and cache, and a look at both from
 * outside. Takes a world; counts nothing, and knows no handler.
 */
import { Hono } from "hono";
import type { AdminContext, AdminRoute, Operations, Variables } from "../../vocabulary.ts";
import type { LiveWorld } from "./live-app.ts";

export interface AdminParts {
  readonly routes: readonly AdminRoute[];
  readonly world: Pick<LiveWorld, "cache" | "database">;
  readonly totals: Operations["totals"];
}

export type AdminApp = Hono<{ Variables: Variables & { readonly operations: Operations } }>;

export function createAdminApp({ routes, world, totals }: AdminParts): AdminApp {
  const app: AdminApp = new Hono();
  const operations = operationsOn(world.cache, totals);
  app.use(async (c, next) => {
    c.set("db", world.database.db);
    c.set("cache", world.cache.cache);
    c.set("operations", operations);
    await next();
  });
  for (const { method, path, handle } of routes) app.on(method, path, (c: AdminContext) => handle(c));
  app.onError((error, c) => c.json({ error: error.message }, 500));
  return app;
}

/** Whether a request is for one of these, by the path that Node has read. */
export function isForAdmin(url: string | undefined): boolean {
  return url?.startsWith("/admin/") === true;
}

function operationsOn(cache: LiveWorld["cache"], totals: Operations["totals"]): Operations {
  return {
    entries: async () => {
      await cache.refresh();
      return cache.entries();
    },
    clearCache: async () => {
      await cache.refresh();
      const dropped = cache.entries().length;
      cache.empty();
      return dropped;
    },
    totals,
  };
}
