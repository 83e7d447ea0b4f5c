import type { Context } from "stale-stats";
import { changeProduct, insertProduct, removeProduct } from "../product-writes.ts";
import { CATALOGUE, productKey } from "../ttl-reads.ts";

/** POST /products */
export async function createProduct(c: Context): Promise<Response> {
  return await insertProduct(c, forget(c));
}

/** PUT /products/:id */
export async function updateProduct(c: Context): Promise<Response> {
  return await changeProduct(c, forget(c));
}

/** DELETE /products/:id */
export async function deleteProduct(c: Context): Promise<Response> {
  return await removeProduct(c, forget(c));
}

/** Both views of the product: its own, and the list. */
function forget(c: Context): (id: string) => Promise<void> {
  const { cache } = c.var;
  return async (id) => {
    await cache.delete(productKey(id));
    await cache.delete(CATALOGUE);
  };
}
