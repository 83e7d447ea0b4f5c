/**
 * What whoever runs the shop can look at and do: the cache's entries, figures, and a write behind the service's back. It
 * finds entries by their keys, whatever handlers are served: a product's own names it, pages begin with `products:`.
 */
import type { AdminContext, AdminRoute, CacheEntry } from "../../src/vocabulary.ts";

export const admin: readonly AdminRoute[] = [
  { method: "POST", path: "/admin/cache/clear", handle: clear },
  { method: "GET", path: "/admin/cache-stats", handle: stats },
  { method: "GET", path: "/admin/cache/key/:id", handle: inspect },
  { method: "POST", path: "/admin/invalidate/:id", handle: invalidate },
  { method: "POST", path: "/admin/simulate-stale-read/:id", handle: changeBehindTheService },
];

async function clear(c: AdminContext): Promise<Response> {
  return c.json({ status: "cleared", cleared_items: await c.var.operations.clearCache() });
}

async function stats(c: AdminContext): Promise<Response> {
  const entries = await c.var.operations.entries();
  const { hits, misses, deletes } = c.var.operations.totals();
  const lookups = hits + misses;
  return c.json({
    cache_state: { cached_items: entries.length, keys: entries.map(({ key }) => key) },
    service_stats: {
      hits,
      misses,
      hit_rate: lookups === 0 ? null : Math.round((hits / lookups) * 1000) / 1000,
      invalidations: deletes,
    },
  });
}

async function inspect(c: AdminContext): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const entry = (await c.var.operations.entries()).find((each) => isOwn(each, id));
  return c.json({
    id,
    exists: entry !== undefined,
    key: entry?.key ?? null,
    ttl_seconds: entry === undefined || entry.timeToLive === null ? null : Math.ceil(entry.timeToLive / 1000),
    age_seconds: entry === undefined ? null : Math.floor(entry.age / 1000),
    value: entry?.value ?? null,
  });
}

async function invalidate(c: AdminContext): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const entries = (await c.var.operations.entries()).filter((each) => isOwn(each, id) || isPage(each));
  for (const { key } of entries) await c.var.cache.delete(key);
  return c.json({ id, invalidated: entries.map(({ key }) => key) });
}

/** Another program's update: no handler runs, and nobody tells the cache. */
async function changeBehindTheService(c: AdminContext): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const wanted = c.req.query("new_price") ?? "";
  const price = Number(wanted);
  if (wanted.trim() === "" || !(price >= 0 && price <= 1_000_000))
    return c.json({ error: "new_price must be a number from 0 to 1000000" }, 422);
  const before = await c.var.db.get<{ price: number }>("SELECT price FROM products WHERE id = ?", id);
  if (before === undefined) return c.json({ error: "Product not found" }, 404);
  await c.var.db.run("UPDATE products SET price = ? WHERE id = ?", price, id);
  const cached = (await c.var.operations.entries()).some((each) => isOwn(each, id));
  return c.json({
    id,
    old_price: before.price,
    new_price: price,
    cache: cached ? "still holds the old price" : "empty",
  });
}

/** `prod-01` is no part of `prod-012`. */
function isOwn({ key }: CacheEntry, id: string): boolean {
  const names = key.split(/[^\w-]+/u);
  return names.includes(id);
}

function isPage({ key }: CacheEntry): boolean {
  return key.startsWith("products:");
}
