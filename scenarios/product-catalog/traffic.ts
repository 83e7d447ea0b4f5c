/**
 * Half an hour in the shop, for comparing the strategies that this folder brings: customers who look at the products and
 * the list, editors who change prices, and the head office, whose program writes into the database itself.
 */
import type { ComparedTraffic, Random } from "../../src/vocabulary.ts";
import { PRODUCTS } from "./seed-workshop.ts";

export const traffic: ComparedTraffic = {
  minutes: 30,
  perMinute: { reads: 60, writes: 4, external: 1 },
  // Every fifth customer browses. Of the products, those at the top of the list are looked at most.
  read: (random) =>
    random.integer(1, 5) === 1
      ? { route: "list", path: `/products?page=${random.integer(1, 2)}&limit=6` }
      : { route: "product", path: `/products/${popular(random)}` },
  write: (random) => {
    const number = random.integer(1, PRODUCTS.length);
    const [name, description] = PRODUCTS[number - 1] ?? ["", ""];
    const body = JSON.stringify({ name, description, price: random.integer(10, 400) });
    return { route: "update", path: `/products/${idOf(number)}`, body };
  },
  external: (random) => {
    const [number, price] = [random.integer(1, PRODUCTS.length), random.integer(401, 900)];
    return {
      label: "the head office imports a price",
      run: (db) => void db.run("UPDATE products SET price = ? WHERE number = ?", price, number),
    };
  },
};

function popular(random: Random): string {
  return idOf(random.integer(1, random.integer(1, PRODUCTS.length)));
}

function idOf(number: number): string {
  return `prod-${String(number).padStart(3, "0")}`;
}
