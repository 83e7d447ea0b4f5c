import BetterSqlite3 from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { rememberRows } from "./remember-rows.ts";

const SCHEMA = `
CREATE TABLE products (
  number INTEGER PRIMARY KEY,
  id TEXT GENERATED ALWAYS AS (printf('prod-%03d', number)) VIRTUAL UNIQUE,
  shelf INTEGER NOT NULL REFERENCES shelves (id),
  price REAL NOT NULL,
  in_stock INTEGER NOT NULL CHECK (in_stock IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE shelves (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE changes (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TRIGGER added AFTER INSERT ON products BEGIN INSERT INTO changes (text) VALUES ('added ' || NEW.number); END;
CREATE TRIGGER changed AFTER UPDATE ON products BEGIN INSERT INTO changes (text) VALUES ('changed ' || NEW.number); END;
CREATE TRIGGER removed AFTER DELETE ON products BEGIN INSERT INTO changes (text) VALUES ('removed ' || OLD.number); END;
INSERT INTO shelves VALUES (1, 'left'), (2, 'right');
INSERT INTO products (number, shelf, price, in_stock, version) VALUES (7, 1, 9.5, 1, 4), (8, 2, 3.25, 1, 2);
DELETE FROM changes;
`;

let sqlite: BetterSqlite3.Database;
let restore: () => void;

beforeEach(() => {
  sqlite = new BetterSqlite3(":memory:");
  sqlite.exec(SCHEMA);
  restore = rememberRows(sqlite, ["changes"]);
});

afterEach(() => void sqlite.close());

function products(): unknown[] {
  return sqlite.prepare("SELECT number, shelf, price, in_stock, version FROM products").raw().all();
}

function changes(): unknown[] {
  return sqlite.prepare("SELECT text FROM changes ORDER BY id").pluck().all();
}

test("puts back what was changed and what was removed, and lets triggers tell of it", () => {
  sqlite.exec(
    "UPDATE products SET price = 1, shelf = 2, in_stock = 0 WHERE number = 7; DELETE FROM products WHERE number = 8",
  );
  restore();
  expect(products()).toEqual([
    [7, 1, 9.5, 1, 4],
    [8, 2, 3.25, 1, 2],
  ]);
  expect(changes()).toEqual(["changed 7", "removed 8", "changed 7", "added 8"]);
});

test("touches no row that is as it was", () => {
  restore();
  expect(changes()).toEqual([]);
});

test("lets versions go on upwards, those of removed rows too", () => {
  sqlite.exec("UPDATE products SET price = 1, version = version + 1 WHERE number = 7");
  sqlite.exec("UPDATE products SET version = 900 WHERE number = 8; DELETE FROM products WHERE number = 8");
  restore();
  const versions = (): unknown[] => sqlite.prepare("SELECT version FROM products ORDER BY number").pluck().all();
  expect(versions()).toEqual([1_004, 1_002]);
  sqlite.exec("DELETE FROM products WHERE number = 7");
  restore();
  expect(versions()).toEqual([2_004, 1_002]);
});

test("a version that alone has gone up is nothing to put back", () => {
  sqlite.exec("UPDATE products SET version = version + 1 WHERE number = 7");
  restore();
  expect(products()).toContainEqual([7, 1, 9.5, 1, 5]);
  expect(changes()).toEqual(["changed 7"]);
});

test("takes out what was added, but for the last, whose number nobody may get again", () => {
  const add = sqlite.prepare("INSERT INTO products (shelf, price, in_stock) VALUES (1, 2, 1)");
  for (let n = 0; n < 3; n += 1) add.run();
  restore();
  expect(products().map((row) => (row as number[])[0])).toEqual([7, 8, 11]);
  expect(Number(add.run().lastInsertRowid)).toBe(12);
});

test("puts rows back together with those that they name", () => {
  sqlite.exec("DELETE FROM products; DELETE FROM shelves");
  restore();
  expect(products()).toHaveLength(2);
});

test("leaves the service's own tables alone", () => {
  sqlite.exec("INSERT INTO changes (text) VALUES ('kept')");
  restore();
  expect(changes()).toEqual(["kept"]);
});

test("says which rows it could not put back", () => {
  sqlite.exec("CREATE TABLE loose (text TEXT)");
  expect(() => rememberRows(sqlite, [])).toThrow("the table loose has no primary key");
});
