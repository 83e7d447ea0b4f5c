import type Keyv from "keyv";

const seen = new Set<string>();

export const productKey = (id: string): string => `product:${id}`;
export function pageKey(page: number, limit: number): string {
  const key = `products:page:${page}:${limit}`;
  seen.add(key);
  return key;
}

export async function forgetProduct(cache: Keyv, id: string): Promise<void> {
  await cache.deleteMany([productKey(id), ...seen]);
}
