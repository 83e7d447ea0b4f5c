import type { Context } from "stale-stats";
import { forgetProduct } from "./catalog-cache.ts";

interface ProductInput {
  name: string;
  description: string;
  price: number;
}

interface Product {
  id: string;
  name: string;
  description: string;
  price: number;
  version: number;
}

/** POST /products */
export async function createProduct(c: Context): Promise<Response> {
  const { cache, db } = c.var;

  const input = await readProductInput(c);
  if ("error" in input) return c.json({ error: input.error }, input.status);

  const product = await db.get<Product>(
    "INSERT INTO products (name, description, price) VALUES (?, ?, ?) RETURNING id, name, description, price, version",
    input.name,
    input.description,
    input.price,
  );
  // Its own entry is filled by whoever reads it first; the pages count one product more.
  if (product) await forgetProduct(cache, product.id);

  return c.json({ ...product, cache_status: "not cached" }, 201);
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

  // Committed: whoever misses from here on loads the new row.
  await forgetProduct(cache, id);
  return c.json({ ...product, cache_status: "invalidated" });
}

/** DELETE /products/:id, on the version in If-Match where the client gives one */
export async function deleteProduct(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = c.req.param("id") ?? "";

  const { changes } = await db.run(
    "DELETE FROM products WHERE id = ? AND version = COALESCE(?, version)",
    id,
    expectedVersion(c),
  );
  if (changes === 0) return await refuse(c, id);

  await forgetProduct(cache, id);
  return c.body(null, 204);
}

/** Nothing was changed: because the product is not there, or because somebody else has changed it before. */
async function refuse(c: Context, id: string): Promise<Response> {
  const product = await c.var.db.get("SELECT id FROM products WHERE id = ?", id);
  return product
    ? c.json({ error: "The product has changed since you read it" }, 412)
    : c.json({ error: "Product not found" }, 404);
}

/** The product in a request's body, or what is wrong with it: 400 for no JSON, 422 for no product. */
async function readProductInput(c: Context): Promise<ProductInput | { error: string; status: 400 | 422 }> {
  const broken = Symbol("broken");
  const body: unknown = await c.req.json().catch(() => broken);
  if (body === broken) return { error: "The body must be JSON", status: 400 };
  if (typeof body !== "object" || body === null) return { error: "The body must be an object", status: 422 };

  const { name, description = "", price } = body as Record<string, unknown>;
  if (typeof name !== "string" || name.trim() === "" || name.length > 120)
    return { error: "name must be a text of 1 to 120 characters", status: 422 };
  if (typeof description !== "string" || description.length > 2000)
    return { error: "description must be a text of at most 2000 characters", status: 422 };
  if (typeof price !== "number" || price < 0 || price > 1_000_000)
    return { error: "price must be a number from 0 to 1000000", status: 422 };
  return { name, description, price };
}

/** The version that a client wants to change, from If-Match; null: any. */
function expectedVersion(c: Context): number | null {
  const header = c.req.header("if-match");
  if (header === undefined || header === "*") return null;
  return Number(/^"(\d+)"$/.exec(header)?.[1] ?? -1);
}
