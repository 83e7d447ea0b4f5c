import type { Context } from "stale-stats";
import { pageKey, productKey } from "./catalog-cache.ts";

const FIVE_MINUTES = 5 * 60 * 1000;

interface Product {
  id: string;
  name: string;
  description: string;
  price: number;
  version: number;
}

interface ProductPage {
  items: { id: string; name: string; price: number }[];
  page: number;
  limit: number;
  total: number;
}

/** GET /products?page=1&limit=20 */
export async function listProducts(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const page = wholeNumber(c.req.query("page") ?? "1", 1_000_000);
  const limit = wholeNumber(c.req.query("limit") ?? "20", 100);
  if (!page || !limit) return c.json({ error: "page must be 1 or more, limit 1 to 100" }, 400);

  const cacheKey = await pageKey(cache, page, limit);
  const cached = await cache.get<ProductPage>(cacheKey);
  if (cached) return c.json({ ...cached, cache_status: "hit" });

  const total = await db.get<{ n: number }>("SELECT COUNT(*) AS n FROM products");
  const items = await db.all<ProductPage["items"][number]>("SELECT id, name, price FROM products ORDER BY number LIMIT ? OFFSET ?", limit, (page - 1) * limit);
  const products: ProductPage = { items, page, limit, total: total?.n ?? 0 };

  await cache.set(cacheKey, products, FIVE_MINUTES);
  return c.json({ ...products, cache_status: "miss" });
}

/** GET /products/:id */
export async function getProduct(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = c.req.param("id") ?? "";

  const cacheKey = productKey(id);
  const revision = async (): Promise<number> =>
    (await db.get<{ n: number | null }>("SELECT MAX(id) AS n FROM product_changes WHERE product_id = ?", id))?.n ?? 0;
  const entry = await cache.get<{ product: Product; revision: number }>(cacheKey);
  const cached = entry && entry.revision === (await revision()) ? entry.product : undefined;
  if (cached) return c.json({ ...cached, cache_status: "hit" });

  const row = await db.get<Product & { revision: number | null }>(`SELECT id, name, description, price, version,
            (SELECT MAX(id) FROM product_changes WHERE product_id = products.id) AS revision
       FROM products WHERE id = ?`, id);
  if (!row) return c.json({ error: "Product not found" }, 404);
  const { revision: loadedAt, ...product } = row;

  await cache.set(cacheKey, { product, revision: loadedAt ?? 0 }, FIVE_MINUTES);
  return c.json({ ...product, cache_status: "miss" });
}

function wholeNumber(text: string, most: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= most ? value : undefined;
}
