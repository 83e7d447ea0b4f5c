import type { Variables } from "stale-stats";

export const productKey = (id: string): string => `product:${id}`;
export const pageKey = (page: number, limit: number): string => `products:page:${page}:${limit}`;

const LIMITS = [10, 20, 50, 100];

/** A product lies on one page for each limit; everything after it may have moved. */
export async function forgetProduct({ cache, db }: Pick<Variables, "cache" | "db">, id: string): Promise<void> {
  await cache.delete(productKey(id));
  const total = (await db.get<{ n: number }>("SELECT COUNT(*) AS n FROM products"))?.n ?? 0;
  for (const limit of LIMITS)
    for (let page = 1; page <= Math.ceil(total / limit) + 1; page++) await cache.delete(pageKey(page, limit));
}
