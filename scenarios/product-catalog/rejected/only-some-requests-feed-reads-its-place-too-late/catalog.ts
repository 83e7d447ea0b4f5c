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

  // One statement, so that the page and the total are of one moment; an empty page has one row, without a product.
  const rows = await db.all<{ total: number; id: string | null; name: string; price: number }>(
    `SELECT total, id, name, price
       FROM (SELECT COUNT(*) AS total FROM products)
       LEFT JOIN (SELECT number, id, name, price FROM products ORDER BY number LIMIT ? OFFSET ?) ON true
      ORDER BY number`,
    limit,
    (page - 1) * limit,
  );
  const items = rows.flatMap(({ id, name, price }) => (id === null ? [] : [{ id, name, price }]));
  const products: ProductPage = { items, page, limit, total: rows[0]?.total ?? 0 };

  await cache.set(cacheKey, products, FIVE_MINUTES);
  return c.json({ ...products, cache_status: "miss" });
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
