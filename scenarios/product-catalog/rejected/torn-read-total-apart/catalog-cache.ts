import type Keyv from "keyv";

/** Longer than any page lives: a generation that ends first would only cost a computation. */
const ONE_DAY = 24 * 60 * 60 * 1000;
const GENERATION = "products:generation";

export function productKey(id: string): string {
  return `product:${id}`;
}

/** Nobody knows which pages are cached. They belong to a generation; whoever wants them forgotten starts a new one. */
export async function pageKey(cache: Keyv, page: number, limit: number): Promise<string> {
  const generation = (await cache.get<string>(GENERATION)) ?? (await startGeneration(cache));
  return `products:${generation}:${page}:${limit}`;
}

/** Every view of the product: its own entry, and all pages. Doing it twice does no harm. */
export async function forgetProduct(cache: Keyv, id: string): Promise<void> {
  await cache.delete(productKey(id));
  await startGeneration(cache);
}

/** Random and never counted: a counter that was evicted would begin again and bring old pages back to life. */
async function startGeneration(cache: Keyv): Promise<string> {
  const generation = crypto.randomUUID();
  await cache.set(GENERATION, generation, ONE_DAY);
  return generation;
}
