import type { Context } from "stale-stats";
import { changeProduct, insertProduct, removeProduct } from "./product-writes.ts";

async function tellNobody(): Promise<void> {}

/** POST /products */
export async function createProduct(c: Context): Promise<Response> {
  return await insertProduct(c, tellNobody);
}

/** PUT /products/:id */
export async function updateProduct(c: Context): Promise<Response> {
  return await changeProduct(c, tellNobody);
}

/** DELETE /products/:id */
export async function deleteProduct(c: Context): Promise<Response> {
  return await removeProduct(c, tellNobody);
}
