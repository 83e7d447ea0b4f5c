import type { Context } from "stale-stats";
import {
  FIVE_MINUTES,
  type ListedProduct,
  loadCatalogue,
  loadProduct,
  pageAnswer,
  type Product,
  productAnswer,
} from "../products.ts";

/** GET /products */
export async function listProducts(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  // The end of an index, never the products. Triggers move it on, whoever writes: another program, too.
  const newest = await db.get<{ revision: number | null }>("SELECT MAX(id) AS revision FROM product_changes");
  const key = `products:all:${newest?.revision}`;
  const cached = await cache.get<ListedProduct[]>(key);
  if (cached) return pageAnswer(c, cached, "hit");

  const products = await loadCatalogue(db);
  await cache.set(key, products, FIVE_MINUTES);
  return pageAnswer(c, products, "miss");
}

/** GET /products/:id */
export async function getProduct(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = c.req.param("id") ?? "";
  const newest = await db.get<{ revision: number | null }>(
    "SELECT MAX(id) AS revision FROM product_changes WHERE product_id = ?",
    id,
  );
  const key = `product:${id}:${newest?.revision}`;
  const cached = await cache.get<Product>(key);
  if (cached) return productAnswer(c, cached, "hit");

  const product = await loadProduct(db, id);
  if (product) await cache.set(key, product, FIVE_MINUTES);
  return productAnswer(c, product, "miss");
}
