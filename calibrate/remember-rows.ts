/**
 * Remembers the rows of a database and puts them back, whatever happened to them. Takes a connection, and the tables that
 * the service keeps for its own use: those are left alone, because only they tell it that something was put back.
 */
import type BetterSqlite3 from "better-sqlite3";
import type { SqlValue } from "../src/vocabulary.ts";

type Row = Readonly<Record<string, SqlValue>>;

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  /** Columns that may count something: whole numbers that name no row, of this table or another. */
  readonly whole: readonly string[];
  readonly rows: readonly Row[];
  /** Those that have been seen to count. */
  readonly counters: Set<string>;
}

/** More than anything is counted between two times. */
const FAR = 1_000;

/**
 * Gives the function that puts back, in one transaction, what was changed or removed, and takes out what was added.
 * - Numbers that only go up, such as versions, go on upwards: no version ever stands for two contents, and a handler
 *   that takes the higher one for the newer one stays right. Such a number is known by its having gone up.
 * - The last row that was added stays, so that no number is given a second time.
 * Rows that are as they were are not touched: no trigger tells of them.
 */
export function rememberRows(sqlite: BetterSqlite3.Database, except: readonly string[]): () => void {
  const tables = namesOf(sqlite)
    .filter((name) => !except.includes(name))
    .map((name) => remember(sqlite, name));
  let times = 0;
  const restore = sqlite.transaction(() => {
    times += 1;
    sqlite.pragma("defer_foreign_keys = ON");
    for (const table of tables) restoreTable(sqlite, table, times * FAR);
  });
  return () => restore.immediate();
}

function namesOf(sqlite: BetterSqlite3.Database): string[] {
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'";
  return sqlite.prepare<[], string>(sql).pluck().all();
}

function remember(sqlite: BetterSqlite3.Database, name: string): Table {
  const about = sqlite.pragma(`table_info(${quoted(name)})`) as { name: string; type: string; pk: number }[]; // not the generated
  const references = sqlite.pragma(`foreign_key_list(${quoted(name)})`) as { from: string }[];
  const key = about.filter(({ pk }) => pk > 0).map((column) => column.name);
  if (key.length === 0) throw new Error(`the table ${name} has no primary key: its rows cannot be put back`);
  const named = [...key, ...references.map(({ from }) => from)];
  const whole = about.filter(({ type, ...column }) => type === "INTEGER" && !named.includes(column.name));
  const columns = about.map((column) => column.name);
  const counters = new Set<string>();
  return { name, columns, key, whole: whole.map((column) => column.name), rows: rowsOf(sqlite, name), counters };
}

function rowsOf(sqlite: BetterSqlite3.Database, table: string): Row[] {
  return sqlite.prepare<[], Row>(`SELECT * FROM ${quoted(table)}`).all();
}

function restoreTable(sqlite: BetterSqlite3.Database, table: Table, beyond: number): void {
  const now = new Map(rowsOf(sqlite, table.name).map((row) => [keyOf(table, row), row]));
  for (const column of table.whole)
    if (table.rows.some((row) => Number(now.get(keyOf(table, row))?.[column]) > Number(row[column])))
      table.counters.add(column);
  const seeded = new Set(table.rows.map((row) => keyOf(table, row)));
  const added = [...now.entries()].filter(([key]) => !seeded.has(key)).map(([, row]) => row);
  for (const row of added.slice(0, -1)) remove(sqlite, table, row);
  for (const row of table.rows)
    if (!isAsItWas(table, row, now.get(keyOf(table, row)))) put(sqlite, table, { row, beyond });
}

function keyOf({ key }: Table, row: Row): string {
  return JSON.stringify(key.map((column) => row[column]));
}

function isAsItWas({ columns, counters }: Table, row: Row, now: Row | undefined): boolean {
  return now !== undefined && columns.every((column) => counters.has(column) || now[column] === row[column]);
}

function remove(sqlite: BetterSqlite3.Database, { name, key }: Table, row: Row): void {
  const found = key.map((column) => `${quoted(column)} = ?`).join(" AND ");
  sqlite.prepare(`DELETE FROM ${quoted(name)} WHERE ${found}`).run(...key.map((column) => row[column]));
}

function put(sqlite: BetterSqlite3.Database, table: Table, { row, beyond }: { row: Row; beyond: number }): void {
  const { name, columns, key, counters } = table;
  const places = columns.map(() => "?").join(", ");
  const rest = columns.filter((column) => !key.includes(column));
  const changed = rest.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(", ");
  const into = `INSERT INTO ${quoted(name)} (${columns.map(quoted).join(", ")}) VALUES (${places})`;
  const otherwise = changed === "" ? "NOTHING" : `UPDATE SET ${changed}`;
  const values = columns.map((column) => (counters.has(column) ? Number(row[column]) + beyond : row[column]));
  sqlite.prepare(`${into} ON CONFLICT (${key.map(quoted).join(", ")}) DO ${otherwise}`).run(...values);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
