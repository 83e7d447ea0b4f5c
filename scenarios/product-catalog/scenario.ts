/**
 * The second lesson: a shop whose catalogue is cached product by product and page by page, and changed by more than one
 * writer. Joins the parts of this folder into one Scenario; the parts must not know each other.
 */
import { defineScenario } from "../../src/scenario/index.ts";
import type { Scenario } from "../../src/vocabulary.ts";
import { admin } from "./admin.ts";
import { LONGEST_STALENESS, properties } from "./properties.ts";
import { seedWorld } from "./seed-world.ts";
import { seedWorkshop } from "./seed-workshop.ts";
import { story } from "./story.ts";
import { traffic } from "./traffic.ts";
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
CREATE TABLE product_changes (
  id INTEGER PRIMARY KEY,
  product_id TEXT NOT NULL,
  handled_at TEXT
);
CREATE INDEX waiting_changes ON product_changes (id) WHERE handled_at IS NULL;
CREATE INDEX changes_by_product ON product_changes (product_id, id);
CREATE TRIGGER product_added AFTER INSERT ON products BEGIN
  INSERT INTO product_changes (product_id) VALUES (NEW.id);
END;
CREATE TRIGGER product_changed AFTER UPDATE ON products BEGIN
  INSERT INTO product_changes (product_id) VALUES (NEW.id);
END;
CREATE TRIGGER product_removed AFTER DELETE ON products BEGIN
  INSERT INTO product_changes (product_id) VALUES (OLD.id);
END;
`;

const MINUTE = 60 * 1000;

export const scenario: Scenario = defineScenario({
  slug: "product-catalog",
  title: "The price that would not drop",
  teaches: "invalidate every view of a changed row, and hear of the changes that other writers make",
  minutes: 25,
  schema,
  routes: [
    {
      id: "list",
      method: "GET",
      path: "/products",
      file: "catalog.ts",
      export: "listProducts",
      role: "read",
      shared: true,
    },
    { id: "create", method: "POST", path: "/products", file: "editing.ts", export: "createProduct", role: "write" },
    { id: "product", method: "GET", path: "/products/:id", file: "catalog.ts", export: "getProduct", role: "read" },
    { id: "update", method: "PUT", path: "/products/:id", file: "editing.ts", export: "updateProduct", role: "write" },
    {
      id: "remove",
      method: "DELETE",
      path: "/products/:id",
      file: "editing.ts",
      export: "deleteProduct",
      role: "write",
    },
    {
      id: "change-feed",
      method: "POST",
      path: "/jobs/change-feed",
      file: "change-feed.ts",
      export: "handleChanges",
      role: "job",
      every: 1000,
    },
  ],
  admin,
  databaseDelay: { costly: 150, plain: 4 },
  costly: ["products"],
  bookkeeping: ["product_changes"],
  usefulFor: 2 * MINUTE,
  longestStaleness: LONGEST_STALENESS,
  requiredStars: 2,
  starterFails: { property: "fresh-in-sequence", star: 1, cause: "wrong-key" },
  seedWorld,
  truth,
  seedWorkshop,
  story,
  traffic,
  properties,
});
