import type { Context } from "stale-stats";
import { expectedVersion, readProductInput } from "./product-input.ts";

const FIVE_MINUTES = 5 * 60 * 1000;

interface Product {
  id: string;
  name: string;
  description: string;
  price: number;
  version: number;
}

/** GET /products/:id */
export async function getProduct(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = c.req.param("id");

  const cacheKey = `product:${id}`;
  const cached = await cache.get<Product>(cacheKey);
  if (cached) return c.json({ ...cached, cache_status: "hit" });

  const product = await db.get<Product>(
    "SELECT id, name, description, price, version FROM products WHERE id = ?",
    id ?? "",
  );
  if (!product) return c.json({ error: "Product not found" }, 404);

  await cache.set(cacheKey, product, FIVE_MINUTES);
  return c.json({ ...product, cache_status: "miss" });
}

/** PUT /products/:id, on the version in If-Match where the client gives one */
export async function updateProduct(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = c.req.param("id") ?? "";

  const input = await readProductInput(c);
  if ("error" in input) return c.json({ error: input.error }, input.status);

  const product = await db.get<Product>(
    `UPDATE products SET name = ?, description = ?, price = ?, version = version + 1
      WHERE id = ? AND version = COALESCE(?, version)
      RETURNING id, name, description, price, version`,
    input.name,
    input.description,
    input.price,
    id,
    expectedVersion(c),
  );
  if (!product) return await refuse(c, id);

  await cache.delete(`products:${id}`);
  return c.json({ ...product, cache_status: "invalidated" });
}

/** DELETE /products/:id, on the version in If-Match where the client gives one */
export async function deleteProduct(c: Context): Promise<Response> {
  const { db } = c.var;
  const id = c.req.param("id") ?? "";

  const { changes } = await db.run(
    "DELETE FROM products WHERE id = ? AND version = COALESCE(?, version)",
    id,
    expectedVersion(c),
  );
  if (changes === 0) return await refuse(c, id);

  return c.body(null, 204);
}

/** Nothing was changed: because the product is not there, or because somebody else has changed it before. */
async function refuse(c: Context, id: string): Promise<Response> {
  const product = await c.var.db.get("SELECT id FROM products WHERE id = ?", id);
  return product
    ? c.json({ error: "The product has changed since you read it" }, 412)
    : c.json({ error: "Product not found" }, 404);
}
