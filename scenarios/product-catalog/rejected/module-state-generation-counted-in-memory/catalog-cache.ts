import type Keyv from "keyv";

let generation = 0;

export function productKey(id: string): string {
  return `product:${id}`;
}

/** Nobody knows which pages are cached. They belong to a generation; whoever wants them forgotten starts a new one. */
export function pageKey(page: number, limit: number): string {
  return `products:${generation}:${page}:${limit}`;
}

/** Every view of the product: its own entry, and all pages. */
export async function forgetProduct(cache: Keyv, id: string): Promise<void> {
  await cache.delete(productKey(id));
  generation += 1;
}
