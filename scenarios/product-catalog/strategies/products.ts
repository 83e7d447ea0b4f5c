import type { Context } from "stale-stats";

/** As long as in the lesson. */
export const FIVE_MINUTES: number = 5 * 60 * 1000;

export interface Product {
  id: string;
  name: string;
  description: string;
  price: number;
  version: number;
}

export interface ListedProduct {
  id: string;
  name: string;
  price: number;
}

type Database = Context["var"]["db"];
type Source = "hit" | "miss";

export async function loadProduct(db: Database, id: string): Promise<Product | undefined> {
  return await db.get<Product>("SELECT id, name, description, price, version FROM products WHERE id = ?", id);
}

/** The whole list, from which every page is cut. */
export async function loadCatalogue(db: Database): Promise<ListedProduct[]> {
  return await db.all<ListedProduct>("SELECT id, name, price FROM products ORDER BY number");
}

export function productAnswer(c: Context, product: Product | undefined, source: Source): Response {
  if (!product) return c.json({ error: "Product not found" }, 404);
  return c.json({ ...product, cache_status: source });
}

/** null: there is no page with that number or length. */
function pageAsked(c: Context): { page: number; limit: number } | null {
  const page = wholeNumber(c.req.query("page") ?? "1", 1_000_000);
  const limit = wholeNumber(c.req.query("limit") ?? "20", 100);
  return page && limit ? { page, limit } : null;
}

export function pageAnswer(c: Context, products: ListedProduct[], source: Source): Response {
  const asked = pageAsked(c);
  if (!asked) return c.json({ error: "page must be 1 or more, limit 1 to 100" }, 400);
  const { page, limit } = asked;
  const items = products.slice((page - 1) * limit, page * limit);
  return c.json({ items, page, limit, total: products.length, cache_status: source });
}

function wholeNumber(text: string, most: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= most ? value : undefined;
}
