import type { Context } from "stale-stats";
import { loadCatalogue, loadProduct, pageAnswer, productAnswer } from "../products.ts";

/** GET /products */
export async function listProducts(c: Context): Promise<Response> {
  return pageAnswer(c, await loadCatalogue(c.var.db), "miss");
}

/** GET /products/:id */
export async function getProduct(c: Context): Promise<Response> {
  return productAnswer(c, await loadProduct(c.var.db, c.req.param("id") ?? ""), "miss");
}
