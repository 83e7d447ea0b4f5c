import type { Context } from "stale-stats";

export interface ProductInput {
  name: string;
  description: string;
  price: number;
}

/** The product in a request's body, or what is wrong with it: 400 for no JSON, 422 for no product. */
export async function readProductInput(c: Context): Promise<ProductInput | { error: string; status: 400 | 422 }> {
  const broken = Symbol("broken");
  const body: unknown = await c.req.json().catch(() => broken);
  if (body === broken) return { error: "The body must be JSON", status: 400 };
  if (typeof body !== "object" || body === null) return { error: "The body must be an object", status: 422 };

  const { name, description = "", price } = body as Record<string, unknown>;
  if (typeof name !== "string" || name.trim() === "" || name.length > 120)
    return { error: "name must be a text of 1 to 120 characters", status: 422 };
  if (typeof description !== "string" || description.length > 2000)
    return { error: "description must be a text of at most 2000 characters", status: 422 };
  if (typeof price !== "number" || price < 0 || price > 1_000_000)
    return { error: "price must be a number from 0 to 1000000", status: 422 };
  return { name, description, price };
}

/** The version that a client wants to change, from If-Match; null: any. */
export function expectedVersion(c: Context): number | null {
  const header = c.req.header("if-match");
  if (header === undefined || header === "*") return null;
  return Number(/^"(\d+)"$/.exec(header)?.[1] ?? -1);
}
