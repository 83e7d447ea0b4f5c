import type { Context } from "stale-stats";
import {
  FIVE_MINUTES,
  type ListedProduct,
  loadCatalogue,
  loadProduct,
  pageAnswer,
  type Product,
  productAnswer,
} from "./products.ts";

export const CATALOGUE = "products:all";

export function productKey(id: string): string {
  return `product:${id}`;
}

/** GET /products: from the cache, or from the database and into the cache for five minutes */
export async function listProducts(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const cached = await cache.get<ListedProduct[]>(CATALOGUE);
  if (cached) return pageAnswer(c, cached, "hit");

  const products = await loadCatalogue(db);
  await cache.set(CATALOGUE, products, FIVE_MINUTES);
  return pageAnswer(c, products, "miss");
}

/** GET /products/:id, in the same way */
export async function getProduct(c: Context): Promise<Response> {
  const { cache, db } = c.var;
  const id = c.req.param("id") ?? "";
  const cached = await cache.get<Product>(productKey(id));
  if (cached) return productAnswer(c, cached, "hit");

  const product = await loadProduct(db, id);
  if (product) await cache.set(productKey(id), product, FIVE_MINUTES);
  return productAnswer(c, product, "miss");
}
