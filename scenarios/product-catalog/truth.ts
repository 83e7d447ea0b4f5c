/**
 * What the service must answer, told by the database alone. Written apart from the handlers on purpose: a judge that
 * shared their code would share their mistakes.
 */
import type { Outcome, Pattern, RequestSpec, TruthReader } from "../../src/vocabulary.ts";

interface ProductRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly price: number;
  readonly version: number;
}

interface Input {
  readonly name: string;
  readonly description: string;
  readonly price: number;
}

/** Reads say where they come from; what a write says of the cache is the service's own affair. */
const FROM_WHERE: Pattern = { $oneOf: ["hit", "miss"] };
const ANYTHING: Pattern = { $match: "string" };

/** Pure but for reading `db`. Error bodies are left open: only their status is the contract. */
export function truth(db: TruthReader, request: RequestSpec): Outcome {
  switch (request.route) {
    case "list":
      return listOf(db, request.path);
    case "create":
      return creationOf(request.body);
    case "product":
      return productOf(findProduct(db, request.path));
    case "update":
      return updateOf(findProduct(db, request.path), request);
    default:
      return removalOf(findProduct(db, request.path), request);
  }
}

function findProduct(db: TruthReader, path: string): ProductRow | undefined {
  const id = path.slice("/products/".length);
  return db.get<ProductRow>("SELECT id, name, description, price, version FROM products WHERE id = ?", id);
}

function listOf(db: TruthReader, path: string): Outcome {
  const query = new URL(path, "http://shop").searchParams;
  const page = wholeNumber(query.get("page") ?? "1", 1_000_000);
  const limit = wholeNumber(query.get("limit") ?? "20", 100);
  if (page === undefined || limit === undefined) return { status: 400 };
  const all = db.all<ProductRow>("SELECT id, name, price FROM products ORDER BY number");
  const items = all.slice((page - 1) * limit, page * limit).map(({ id, name, price }) => ({ id, name, price }));
  return { status: 200, body: { items, page, limit, total: all.length, cache_status: FROM_WHERE } };
}

function wholeNumber(text: string, most: number): number | undefined {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= most ? value : undefined;
}

function productOf(product: ProductRow | undefined): Outcome {
  if (product === undefined) return { status: 404 };
  return { status: 200, body: { ...product, cache_status: FROM_WHERE } };
}

function creationOf(body: string | undefined): Outcome {
  const input = inputIn(body);
  if (typeof input === "number") return { status: input };
  return {
    status: 201,
    body: { id: { $inserted: "products" }, ...input, version: 1, cache_status: ANYTHING },
    changes: [
      {
        kind: "insert",
        table: "products",
        row: { number: { $match: "integer" }, id: ANYTHING, ...input, version: 1 },
      },
    ],
  };
}

function updateOf(product: ProductRow | undefined, { body, headers }: RequestSpec): Outcome {
  const input = inputIn(body);
  if (typeof input === "number") return { status: input };
  if (product === undefined) return { status: 404 };
  if (!isMet(headers, product)) return { status: 412 };
  const { id } = product;
  const version = product.version + 1;
  return {
    status: 200,
    body: { id, ...input, version, cache_status: ANYTHING },
    changes: [{ kind: "update", table: "products", id, set: { ...input, version } }],
  };
}

function removalOf(product: ProductRow | undefined, { headers }: RequestSpec): Outcome {
  if (product === undefined) return { status: 404 };
  if (!isMet(headers, product)) return { status: 412 };
  return { status: 204, changes: [{ kind: "delete", table: "products", id: product.id }] };
}

/** RFC 9110, If-Match: the version that the client has seen, in quotes, or an asterisk for any. */
function isMet(headers: RequestSpec["headers"], { version }: ProductRow): boolean {
  const wanted = headers?.["if-match"];
  return wanted === undefined || wanted === "*" || wanted === `"${version}"`;
}

/** 400 for what is no JSON, 422 for what is no product. */
function inputIn(body: string | undefined): Input | 400 | 422 {
  let value: unknown;
  try {
    value = JSON.parse(body ?? "");
  } catch {
    return 400;
  }
  if (typeof value !== "object" || value === null) return 422;
  const { name, description = "", price } = value as Readonly<Record<string, unknown>>;
  if (typeof name !== "string" || name.trim() === "" || name.length > 120) return 422;
  if (typeof description !== "string" || description.length > 2000) return 422;
  if (typeof price !== "number" || price < 0 || price > 1_000_000) return 422;
  return { name, description, price };
}
