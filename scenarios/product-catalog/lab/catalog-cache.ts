import type Keyv from "keyv";

/** The whole catalogue lies in one entry, from which every page is cut: there is one key to forget, and it is known. */
export const CATALOGUE = "products:all";

export function productKey(id: string): string {
  return `product:${id}`;
}

export async function forgetProduct(cache: Keyv, id: string): Promise<void> {
  await cache.delete(productKey(id));
  await cache.delete(CATALOGUE);
}
