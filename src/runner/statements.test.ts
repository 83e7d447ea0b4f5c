/** What a statement is told to read and write, through views, indexes, subqueries and triggers; and what is refused. */
import BetterSqlite3 from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { refusal, Statements } from "./statements.ts";

const SCHEMA = `
  CREATE TABLE logs (id INTEGER PRIMARY KEY, dataset INTEGER, action TEXT);
  CREATE INDEX logs_by_dataset ON logs (dataset, action);
  CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
  CREATE TABLE codes (code TEXT PRIMARY KEY, logs TEXT) WITHOUT ROWID;
  CREATE TABLE totals (id INTEGER PRIMARY KEY, n INTEGER);
  CREATE VIEW counts AS SELECT dataset, COUNT(*) AS n FROM logs GROUP BY dataset;
  CREATE VIEW deep AS SELECT names.name, counts.n FROM names JOIN counts ON counts.dataset = names.id;
  CREATE TRIGGER counted AFTER INSERT ON names BEGIN
    UPDATE totals SET n = (SELECT COUNT(*) FROM logs) WHERE id = new.id;
  END;
`;

function open(options: { inSavepoint?: boolean } = {}): { statements: Statements; db: BetterSqlite3.Database } {
  const db = new BetterSqlite3(":memory:");
  onTestFinished(() => void db.close());
  db.exec(SCHEMA);
  return { statements: new Statements(db, options), db };
}

test.each([
  ["SELECT * FROM logs WHERE id = ?", ["logs"]],
  ["SELECT COUNT(*) FROM logs", ["logs"]],
  ["SELECT dataset FROM logs WHERE dataset = ? AND action = 'x'", ["logs"]],
  ["SELECT id FROM names WHERE name = ?", ["names"]],
  ["SELECT * FROM codes WHERE code = 'a'", ["codes"]],
  ["SELECT * FROM counts", ["logs"]],
  ["SELECT * FROM deep", ["logs", "names"]],
  ["WITH recent AS (SELECT * FROM logs) SELECT COUNT(*) FROM recent", ["logs"]],
  ["WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n", []],
  ["SELECT (SELECT MAX(id) FROM logs), name FROM names", ["logs", "names"]],
  ["SELECT name FROM names WHERE EXISTS (SELECT 1 FROM logs WHERE dataset = names.id)", ["logs", "names"]],
  ["SELECT 'logs' AS logs", []],
  ["SELECT logs FROM codes", ["codes"]],
  ["SELECT id FROM logs WHERE dataset = 1 OR id = 2", ["logs"]],
  ["SELECT id FROM names UNION SELECT id FROM logs", ["logs", "names"]],
  ["VALUES (1), (2)", []],
])("%s reads %j", (sql, reads) => {
  expect(open().statements.get(sql).reads.toSorted()).toEqual(reads);
  expect(open().statements.get(sql)).toMatchObject({ writes: false, altersSchema: false });
});

test.each([
  ["INSERT INTO logs (dataset) VALUES (?)", [], ["logs"]],
  ["INSERT INTO codes SELECT name, id FROM names", ["names"], ["codes"]],
  ["UPDATE totals SET n = (SELECT COUNT(*) FROM logs)", ["logs"], ["totals"]],
  ["DELETE FROM logs WHERE id = (SELECT MAX(id) FROM totals)", ["totals"], ["logs"]],
  ["INSERT INTO names (name) VALUES ('a') RETURNING id", ["logs"], ["names", "totals"]],
  ["WITH n AS (SELECT 1 AS i) INSERT INTO totals SELECT i, i FROM n", [], ["totals"]],
])("%s reads %j and writes to %j, triggers included", (sql, reads, writesTo) => {
  const statement = open().statements.get(sql);
  expect(statement).toMatchObject({ writes: true, altersSchema: false });
  expect(statement.reads.toSorted()).toEqual(reads);
  expect(statement.writesTo.toSorted()).toEqual(writesTo);
});

test.each([
  "CREATE TABLE more (id INTEGER PRIMARY KEY)",
  "CREATE INDEX more ON names (name)",
  "CREATE TRIGGER more AFTER UPDATE ON names BEGIN SELECT 1; END",
  "CREATE VIEW more AS SELECT 1",
  "ALTER TABLE logs ADD COLUMN more TEXT",
  "DROP TABLE logs",
  "DROP INDEX logs_by_dataset",
  "DROP VIEW deep",
  "DROP TRIGGER counted",
])("%s alters the schema", (sql) => {
  expect(open().statements.get(sql)).toMatchObject({ altersSchema: true, writes: true });
});

test("tables are told apart anew once the schema has changed", () => {
  const { statements, db } = open();
  expect(statements.get("SELECT * FROM totals").reads).toEqual(["totals"]);
  db.exec("DROP TABLE logs; CREATE TABLE fresh (id INTEGER PRIMARY KEY)");
  statements.forget();
  expect(statements.get("SELECT * FROM fresh").reads).toEqual(["fresh"]);
});

test("a statement is described once, and remembered", () => {
  const { statements } = open();
  expect(statements.get("SELECT 1")).toBe(statements.get("SELECT 1"));
});

test.each([
  ["BEGIN", "BEGIN"],
  ["end", "END"],
  ["\n\t/* a\n b */ -- c\n Pragma x", "PRAGMA"],
  ["EXPLAIN SELECT 1", "EXPLAIN"],
  ["VACUUM INTO 'x'", "VACUUM"],
  ["  ;; -- nothing", "An empty statement"],
  ["/* never closed PRAGMA", "An empty statement"],
  ["(SELECT 1)", "An empty statement"],
])("%j is refused as %s", (sql, named) => {
  expect(refusal(sql)).toMatch(new RegExp(`^${named} is not available to handlers: .*db\\.transaction`, "u"));
  expect(() => open().statements.get(sql)).toThrow("not available to handlers");
});

test.each([
  "SELECT 1",
  "with n as (select 1) select * from n",
  "/* BEGIN */ INSERT INTO logs DEFAULT VALUES",
  "VALUES (1)",
  "REPLACE INTO logs (id) VALUES (1)",
])("%j is not refused", (sql) => {
  expect(refusal(sql)).toBeNull();
  expect(open().statements.get(sql).prepared).toBeDefined();
});

test("in a savepoint, no constraint may roll back more than its own statement", () => {
  const { statements, db } = open({ inSavepoint: true });
  db.exec("SAVEPOINT ours; INSERT INTO names (name) VALUES ('taken')");
  const risky = statements.get("INSERT OR ROLLBACK INTO names (name) VALUES ('taken')");
  expect(risky.givesUp).toBe(true);
  expect(() => risky.prepared.run()).toThrow("UNIQUE");
  expect(db.inTransaction).toBe(true);
  db.exec("CREATE TABLE strict (id INTEGER PRIMARY KEY, n INTEGER UNIQUE ON CONFLICT ROLLBACK)");
  expect(() => statements.get("INSERT INTO strict (n) VALUES (1)")).toThrow("throw inside db.transaction");
  expect(statements.get("INSERT OR ABORT INTO names (name) VALUES ('x')").givesUp).toBe(false);
  expect(open().statements.get("INSERT OR ROLLBACK INTO names (name) VALUES ('x')").givesUp).toBe(false);
});
