/**
 * The second lesson: a shop whose catalogue is cached product by product and page by page, and changed by more than one
 * writer. Joins the parts of this folder into one Scenario; the parts must not know each other.
 */
import { defineScenario } from "../../src/scenario/index.ts";
import type { Scenario } from "../../src/vocabulary.ts";
import { seedWorld } from "./seed-world.ts";
import { seedWorkshop } from "./seed-workshop.ts";
import { story } from "./story.ts";
import { truth } from "./truth.ts";

const schema = `
CREATE TABLE products (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL GENERATED ALWAYS AS (printf('prod-%03d', number)) VIRTUAL UNIQUE,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  price REAL NOT NULL CHECK (price >= 0),
  version INTEGER NOT NULL DEFAULT 1
);
`;

const MINUTE = 60 * 1000;

export const scenario: Scenario = defineScenario({
  slug: "product-catalog",
  title: "The price that would not drop",
  teaches: "invalidate every view of a changed row, and hear of the changes that other writers make",
  minutes: 25,
  schema,
  routes: [
    { id: "list", method: "GET", path: "/products", file: "products.ts", export: "listProducts", role: "read", shared: true },
    { id: "create", method: "POST", path: "/products", file: "products.ts", export: "createProduct", role: "write" },
    { id: "product", method: "GET", path: "/products/:id", file: "product.ts", export: "getProduct", role: "read" },
    { id: "update", method: "PUT", path: "/products/:id", file: "product.ts", export: "updateProduct", role: "write" },
    { id: "remove", method: "DELETE", path: "/products/:id", file: "product.ts", export: "deleteProduct", role: "write" },
  ],
  databaseDelay: { costly: 150, plain: 4 },
  costly: ["products"],
  usefulFor: 2 * MINUTE,
  requiredStars: 2,
  starterFails: { property: "fresh-in-sequence", star: 1, cause: "wrong-key" },
  seedWorld,
  truth,
  seedWorkshop,
  story,
});
