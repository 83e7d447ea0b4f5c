/**
 * Fills one small world for a check and names the requests that can be sent to it. Every id, name, price and version
 * differs from world to world, so that no answer can be looked up; the cast keeps its order.
 */
import type { Cast, RequestSpec, SqlValue, WorldBuilder } from "../../src/vocabulary.ts";

/** Canonical numbers, two to a page: the first page ends where the second begins. */
const KEYBOARD = 1;
const LAMP = 2;
const HEADPHONES = 3;
const CHAIR = 4;
/** The number that the database gives to what is added. */
const NEXT = 5;
const UNKNOWN = 9;
const FIRST_CHANGE = 500;

const ADJECTIVES = ["Quiet", "Bright", "Wireless", "Folding", "Compact", "Sturdy", "Light"] as const;
const THINGS = ["Keyboard", "Lamp", "Headphones", "Chair", "Monitor", "Backpack", "Kettle"] as const;

export function seedWorld(world: WorldBuilder): Cast {
  const products = insertProducts(world);
  forgetSeeding(world);
  return castOf(world, products);
}

/** All rows in one statement: thousands of worlds are made for one check, and most of the time goes into this. */
function insertProducts({ db, random, id }: WorldBuilder): ReadonlyMap<number, Product> {
  const products = new Map<number, Product>();
  const rows = [KEYBOARD, LAMP, HEADPHONES, CHAIR].map((product): SqlValue[] => {
    const name = `${random.pick(ADJECTIVES)} ${random.pick(THINGS)} ${random.integer(100, 999)}`;
    const version = product === KEYBOARD ? FIRST_VERSION : random.integer(1, 9);
    const [description, price] = [`All about ${name}.`, withCents(random.integer(10, 400))];
    products.set(product, { name, description, price });
    return [id(product), name, description, price, version];
  });
  const values = rows.map(() => "(?, ?, ?, ?, ?)").join(", ");
  db.run(`INSERT INTO products (number, name, description, price, version) VALUES ${values}`, ...rows.flat());
  return products;
}

interface Product {
  readonly name: string;
  readonly description: string;
  readonly price: number;
}

/** Nobody may round them off. */
function withCents(price: number): number {
  return price + 0.25;
}

/** One old change is left, so that the next ones get numbers that no earlier world had. */
function forgetSeeding({ db, id, now }: WorldBuilder): void {
  db.run("DELETE FROM product_changes");
  db.run(
    "INSERT INTO product_changes (id, product_id, handled_at) VALUES (?, ?, ?)",
    id(FIRST_CHANGE),
    `prod-${id(LAMP)}`,
    now,
  );
}

/** The editors of the cast have seen this one. */
const FIRST_VERSION = 4;

/**
 * One update changes nothing but the price, another one nothing but the name: each must do. Names are kept as they were
 * typed, spaces included.
 */
function castOf({ id, random }: WorldBuilder, products: ReadonlyMap<number, Product>): Cast {
  const at = (product: number): string => `/products/prod-${id(product)}`;
  const price = (): number => withCents(random.integer(401, 999));
  const first = { ...products.get(KEYBOARD), price: price() };
  const second = { name: `Keyboard ${random.integer(1000, 9999)}`, description: "Corrected.", price: price() };
  const other = { ...products.get(HEADPHONES), name: ` Headphones ${random.integer(100, 999)} ` };
  const added = { name: ` Mug ${random.integer(100, 999)} `, description: "Holds tea.", price: price() };
  const imported = price();
  return {
    reads: [
      { route: "product", path: at(KEYBOARD), label: "a customer looks at a product" },
      { route: "list", path: "/products", label: "a customer browses the catalogue" },
      { route: "product", path: at(HEADPHONES), label: "a customer looks at another product" },
      { route: "list", path: "/products?page=2&limit=2", label: "a customer browses the second page" },
    ],
    others: mistakableReads(at),
    writes: [
      update(at(KEYBOARD), first, { label: "an editor changes the price" }),
      update(at(KEYBOARD), second, { label: "an editor corrects what she has seen", version: FIRST_VERSION }),
      update(at(HEADPHONES), other, { label: "an editor renames another product", version: "*" }),
      { route: "remove", path: at(KEYBOARD), label: "an editor takes the product off the shelf" },
      { route: "create", path: "/products", body: JSON.stringify(added), label: "an editor adds a product" },
    ],
    refused: refusedRequests(at, first),
    external: [
      {
        label: "the head office imports a price",
        run: (db) => void db.run("UPDATE products SET price = ? WHERE number = ?", imported, id(KEYBOARD)),
      },
      {
        label: "the supplier's program withdraws a product",
        run: (db) => void db.run("DELETE FROM products WHERE number = ?", id(HEADPHONES)),
      },
    ],
  };
}

/** Two numbers that are easily run together, and two neighbours. */
function mistakableReads(at: (product: number) => string): RequestSpec[] {
  return [
    { route: "list", path: "/products?page=1&limit=11", label: "a customer browses a long page" },
    { route: "list", path: "/products?page=11&limit=1", label: "a customer browses a page of one" },
    { route: "product", path: at(KEYBOARD), label: "a customer looks at a product" },
    { route: "product", path: at(LAMP), label: "a customer looks at the next one" },
  ];
}

function update(path: string, input: object, more: { label: string; version?: number | "*" }): RequestSpec {
  const { label, version } = more;
  const headers = version === undefined ? {} : { headers: ifMatch(version) };
  return { route: "update", path, body: JSON.stringify(input), label, ...headers };
}

function removal(path: string, version: number, label: string): RequestSpec {
  return { route: "remove", path, headers: ifMatch(version), label };
}

function ifMatch(version: number | "*"): { readonly "if-match": string } {
  return { "if-match": version === "*" ? version : `"${version}"` };
}

/** The first three are refused only at first: they are due once the product is added, or the first update made. */
function refusedRequests(at: (product: number) => string, input: Partial<Product>): RequestSpec[] {
  const keyboard = at(KEYBOARD);
  const undescribed = { name: ` ${input.name} `, price: input.price };
  const create = (body: string, label: string): RequestSpec => ({ route: "create", path: "/products", body, label });
  return [
    { route: "product", path: at(NEXT), label: "a product that is not there yet" },
    update(keyboard, undescribed, { label: "an update of the next version", version: FIRST_VERSION + 1 }),
    removal(keyboard, FIRST_VERSION + 1, "a removal of the next version"),
    { route: "product", path: at(UNKNOWN), label: "a product that is not there" },
    { route: "product", path: at(KEYBOARD).replace("prod-", "PROD-"), label: "an id in capitals" },
    { route: "product", path: "/products/everything", label: "no product at all" },
    { route: "list", path: "/products?page=0", label: "a page before the first" },
    { route: "list", path: "/products?limit=101", label: "too much for one page" },
    { route: "list", path: "/products?page=two", label: "a page in words" },
    create("{ name:", "a broken body"),
    create("null", "an empty body"),
    create(JSON.stringify({ ...input, name: " " }), "a product without a name"),
    create(JSON.stringify({ ...input, price: "12" }), "a price in quotes"),
    create(JSON.stringify({ ...input, price: -1 }), "a price below zero"),
    update(at(UNKNOWN), input, { label: "an update of nothing" }),
    update(keyboard, { ...input, price: null }, { label: "an update without a price" }),
    update(keyboard, input, { label: "an update of what is older", version: FIRST_VERSION - 1 }),
    { route: "remove", path: at(UNKNOWN), label: "nothing is taken off the shelf" },
    removal(keyboard, FIRST_VERSION - 1, "a removal of what is older"),
  ];
}
