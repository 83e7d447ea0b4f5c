/** The words of single steps, from events written by hand. */
import { expect, test } from "vitest";
import type { DatabaseEvent, RequestRecord } from "../../vocabulary.ts";
import { stepText } from "./step-text.ts";

const record: RequestRecord = {
  ref: "r0",
  instance: 0,
  role: "read",
  method: "GET",
  path: "/orders/1",
  probe: false,
  arrived: 0,
  answered: 1,
  response: null,
  error: null,
};

function textOf(event: Pick<DatabaseEvent, "operation" | "sql" | "reads"> & Partial<DatabaseEvent>): string {
  return stepText({ kind: "database", actor: 0, at: 0, ...event }, record, []).text;
}

test.for<[what: string, sql: string, reads: string[], text: string]>([
  ["one table", "SELECT id FROM orders WHERE id = ?", ["orders"], "db.get SELECT orders"],
  [
    "a join",
    "SELECT * FROM orders JOIN users ON users.id = user_id",
    ["users", "orders"],
    "db.get SELECT orders, users",
  ],
  [
    "sub-selects, written above the table itself",
    "SELECT name, (SELECT COUNT(*) FROM lines WHERE order_id = orders.id) AS lines_total FROM orders WHERE id = ?",
    ["lines", "orders"],
    "db.get SELECT orders, lines",
  ],
  ["a part with a name", "WITH paid AS (SELECT * FROM bills) SELECT * FROM paid", ["bills"], "db.get SELECT bills"],
  ["a view, by what is under it", "SELECT * FROM open_orders", ["orders", "users"], "db.get SELECT orders, users"],
  ["a table read twice", "SELECT * FROM a JOIN a AS b ON b.id = a.next", ["a", "a"], "db.get SELECT a"],
  ["nothing at all", "SELECT 1 + 1", [], "db.get SELECT 1 + 1"],
  [
    "what a change gives back",
    "INSERT INTO orders (n) SELECT n FROM drafts RETURNING id",
    ["drafts"],
    "db.get INSERT orders",
  ],
])("a query names every table that it reads: %s", ([, sql, reads, text]) => {
  expect(textOf({ operation: "get", sql, reads })).toBe(text);
});

test.each([
  ["UPDATE orders SET n = (SELECT MAX(n) FROM drafts)", ["drafts", "orders"], "db.run UPDATE orders"],
  ["DELETE FROM orders WHERE id IN (SELECT id FROM drafts)", ["drafts", "orders"], "db.run DELETE orders"],
])("a change names the table that it changes: %s", (sql, reads, text) => {
  expect(textOf({ operation: "run", sql, reads })).toBe(text);
});

test("a telling member of a list is spelled as code spells it", () => {
  const response = { status: 200, contentType: "application/json", body: { items: [{ price: 3 }] } };
  const event = { kind: "answer", actor: 0, at: 0 } as const;
  expect(stepText(event, { ...record, response }, ["items.0.price"]).result).toBe("items[0].price: 3");
});

test("a 304 is told by its status and by what the client goes on with", () => {
  const response = { status: 200, contentType: "application/json", body: { total: 4, name: "n" } };
  const told = (more: object): unknown =>
    stepText({ kind: "answer", actor: 0, at: 0 }, { ...record, response: { ...response, ...more } }, ["total"]);
  expect(told({ notModified: true })).toEqual({ text: "← 304", result: "not modified: total: 4" });
  expect(told({})).toEqual({ text: "← 200", result: "total: 4" });
});
