import type { Context } from "stale-stats";
import { type Afterwards, changeProduct, insertProduct, removeProduct } from "../product-writes.ts";
import { FIVE_MINUTES, loadCatalogue } from "../products.ts";
import { CATALOGUE, productKey } from "../ttl-reads.ts";

/** POST /products */
export async function createProduct(c: Context): Promise<Response> {
  return await insertProduct(c, store(c));
}

/** PUT /products/:id */
export async function updateProduct(c: Context): Promise<Response> {
  return await changeProduct(c, store(c));
}

/** DELETE /products/:id */
export async function deleteProduct(c: Context): Promise<Response> {
  return await removeProduct(c, store(c));
}

/** Both views of the product. No statement that wrote it gives back the list: it has to be loaded. */
function store(c: Context): Afterwards {
  const { cache, db } = c.var;
  return async (id, product) => {
    if (product) await cache.set(productKey(id), product, FIVE_MINUTES);
    else await cache.delete(productKey(id));
    await cache.set(CATALOGUE, await loadCatalogue(db), FIVE_MINUTES);
  };
}
