/**
 * Which rows a run changed: remembers a table as seeded just before the first statement that writes to it, and compares
 * at the end. Takes a connection with its schema; gives differences; knows no actors.
 */
import type BetterSqlite3 from "better-sqlite3";
import type { Pattern, RowChange, RowDifference, SqlValue } from "../vocabulary.ts";

type Row = Readonly<Record<string, SqlValue>>;
type Rows = ReadonlyMap<SqlValue | undefined, Row>;

export class RowLog {
  readonly #db: BetterSqlite3.Database;
  readonly #schema: ReadonlyMap<string, string>;
  readonly #dumps = new Map<string, BetterSqlite3.Statement<unknown[], Row>>();
  readonly #seeded = new Map<string, Rows>();

  constructor(db: BetterSqlite3.Database) {
    this.#db = db;
    this.#schema = readSchema(db);
  }

  start(): void {
    this.#seeded.clear();
  }

  /** Call it before a statement that writes to these tables. */
  beforeWrite(tables: readonly string[]): void {
    for (const table of tables) {
      if (!this.#seeded.has(table) && this.#schema.has(table)) this.#seeded.set(table, this.#dump(table));
    }
  }

  differences(): RowDifference[] {
    return [...this.#seeded].flatMap(([table, before]) => compare(table, before, this.#dump(table)));
  }

  /** What the work changes; it tells `note` the tables just before it writes to them. */
  changedBy(work: (note: (tables: readonly string[]) => void) => void): RowChange[] {
    const before = new Map<string, Rows>();
    work((tables) => {
      this.beforeWrite(tables);
      for (const table of tables) if (!before.has(table)) before.set(table, this.#dump(table));
    });
    return [...before].flatMap(([table, rows]) => compare(table, rows, this.#dump(table)).map(toChange));
  }

  /** Names of tables, indexes, triggers and views that were added, dropped or changed. */
  schemaChanges(): string[] {
    const now = readSchema(this.#db);
    const names = new Set([...this.#schema.keys(), ...now.keys()]);
    return [...names].filter((name) => this.#schema.get(name) !== now.get(name)).sort();
  }

  #dump(table: string): Rows {
    let dump = this.#dumps.get(table);
    if (dump === undefined) {
      dump = this.#db.prepare<unknown[], Row>(`SELECT * FROM main."${table.replaceAll('"', '""')}"`);
      this.#dumps.set(table, dump);
    }
    try {
      return new Map(dump.all().map((row) => [row["id"], row]));
    } catch {
      return new Map(); // the run dropped the table: every row of it is gone
    }
  }
}

function compare(table: string, before: Rows, after: Rows): RowDifference[] {
  const differences: RowDifference[] = [];
  for (const [id, row] of before) {
    const now = after.get(id) ?? null;
    if (now === null || !isSame(row, now)) differences.push({ table, before: row, after: now });
  }
  for (const [id, row] of after) if (!before.has(id)) differences.push({ table, before: null, after: row });
  return differences;
}

function toChange({ table, before, after }: RowDifference): RowChange {
  const id = (after ?? before)?.["id"] ?? null;
  if (after === null) return { kind: "delete", table, id };
  const cells = Object.entries(after).filter(([name, value]) => value !== before?.[name]);
  const set = Object.fromEntries(cells.map(([name, value]) => [name, patternOf(value)]));
  return before === null ? { kind: "insert", table, row: set } : { kind: "update", table, id, set };
}

function patternOf(value: SqlValue): Pattern {
  return typeof value === "bigint" ? Number(value) : value instanceof Uint8Array ? { $match: "any" } : value;
}

function isSame(one: Row, other: Row): boolean {
  const columns = Object.keys(one);
  return columns.length === Object.keys(other).length && columns.every((column) => one[column] === other[column]);
}

/** Temporary ones too: they belong to one connection, and a handler cannot know which of many it gets. */
function readSchema(db: BetterSqlite3.Database): Map<string, string> {
  const rows = db
    .prepare<[], { name: string; sql: string | null }>(
      "SELECT name, sql FROM main.sqlite_schema UNION ALL SELECT 'temp.' || name, sql FROM temp.sqlite_schema",
    )
    .all();
  return new Map(rows.map(({ name, sql }) => [name, sql ?? ""]));
}
