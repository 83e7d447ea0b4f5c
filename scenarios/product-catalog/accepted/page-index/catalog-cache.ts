import type Keyv from "keyv";

/** Longer than any page lives: whoever forgets pages must know of each that is still there. */
const ONE_HOUR = 60 * 60 * 1000;
const PAGES = "products:pages";

export function productKey(id: string): string {
  return `product:${id}`;
}

/** Written down before the page is stored: a page that nobody knows of could not be forgotten. */
export async function rememberPage(cache: Keyv, key: string): Promise<void> {
  const pages = (await cache.get<string[]>(PAGES)) ?? [];
  if (!pages.includes(key)) await cache.set(PAGES, [...pages, key], ONE_HOUR);
}

export async function forgetProduct(cache: Keyv, id: string): Promise<void> {
  await cache.delete(productKey(id));
  const pages = (await cache.get<string[]>(PAGES)) ?? [];
  for (const key of pages) await cache.delete(key);
}
