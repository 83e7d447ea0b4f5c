import type { Context } from "stale-stats";
import { CATALOGUE, productKey } from "./catalog-cache.ts";

const FIVE_MINUTES = 5 * 60 * 1000;

interface Product {
  id: string;
  name: string;
  description: string;
  price: number;
  version: number;
}

interface ListedProduct {
  id: string;
  name: string;
  price: number;
}

/** GET /products?page=1&limit=20 */
export async function listProducts(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const page = wholeNumber(c.req.query("page") ?? "1", 1_000_000);
  const limit = wholeNumber(c.req.query("limit") ?? "20", 100);
  if (!page || !limit) return c.json({ error: "page must be 1 or more, limit 1 to 100" }, 400);

  const cached = await cache.get<ListedProduct[]>(CATALOGUE);
  const products = cached ?? (await db.all<ListedProduct>("SELECT id, name, price FROM products ORDER BY number"));
  if (!cached) await cache.set(CATALOGUE, products, FIVE_MINUTES);

  const items = products.slice((page - 1) * limit, page * limit);
  const cacheStatus = cached ? "hit" : "miss";
  return c.json({ items, page, limit, total: products.length, cache_status: cacheStatus });
}

/** GET /products/:id */
export async function getProduct(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = c.req.param("id") ?? "";

  const cacheKey = productKey(id);
  const cached = await cache.get<Product>(cacheKey);
  if (cached) return c.json({ ...cached, cache_status: "hit" });

  const product = await db.get<Product>("SELECT id, name, description, price, version FROM products WHERE id = ?", id);
  if (!product) return c.json({ error: "Product not found" }, 404);

  await cache.set(cacheKey, product, FIVE_MINUTES);
  return c.json({ ...product, cache_status: "miss" });
}

function wholeNumber(text: string, most: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= most ? value : undefined;
}
