/**
 * One connection to a live database file: runs get, all and run as the handle's contract words them.
 * Takes a path, gives results at once; knows no request, no transaction of a handler and no delay.
 */
import BetterSqlite3 from "better-sqlite3";
import { WorkshopError } from "../../errors.ts";
import type { RunResult, SqlValue } from "../../vocabulary.ts";
import { Statements } from "../statements.ts";
import type { Statement } from "../statements.ts";
import { useClock } from "../virtual-sql-clock.ts";

export type Query = "get" | "all" | "run";

export interface Performed {
  readonly value: unknown;
  /** Rows inserted, updated or deleted. */
  readonly changes: number;
}

export interface LiveConnection {
  readonly sqlite: BetterSqlite3.Database;
  /** Throws on refused statements and on what SQLite cannot prepare. */
  describe(sql: string): Statement;
  perform(statement: Statement, query: Query, params: readonly SqlValue[]): Performed;
  /** After the schema changed, on whichever connection. */
  forget(): void;
  /** Another number after each commit of any other connection, whichever process has it. */
  commits(): number;
}

/** Throws an environment error when the file is missing or is not a SQLite database. */
export function openLiveConnection(file: string, options: { readonly: boolean }): LiveConnection {
  const sqlite = openFile(file, options.readonly);
  useClock(sqlite, () => Date.now()); // which an operator may have put ahead
  const statements = new Statements(sqlite);
  const version = sqlite.prepare("PRAGMA data_version").pluck();
  return {
    sqlite,
    describe: (sql) => statements.get(sql),
    perform,
    forget: () => statements.forget(),
    commits: () => version.get() as number,
  };
}

function openFile(file: string, readonly: boolean): BetterSqlite3.Database {
  try {
    const sqlite = new BetterSqlite3(file, { readonly, fileMustExist: true });
    if (!readonly) sqlite.pragma("journal_mode = WAL"); // readers and the one writer do not block each other
    sqlite.pragma("synchronous = NORMAL");
    sqlite.pragma("busy_timeout = 0"); // from now on: it would stop the whole process while another one writes
    return sqlite;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WorkshopError({
      code: "environment",
      message: `The database ${file} cannot be opened: ${reason}.`,
      hint: "Create it anew with: stale-stats setup-test-data",
      cause,
    });
  }
}

/** Rows are always fetched to the end: a get of `INSERT … RETURNING` must insert all it was asked to. */
function perform({ prepared }: Statement, query: Query, params: readonly SqlValue[]): Performed {
  if (query === "run" && !prepared.reader) {
    const value = toRunResult(prepared.run(...params));
    return { value, changes: value.changes };
  }
  const rows = prepared.all(...params);
  const changes = prepared.readonly ? 0 : rows.length;
  if (query === "run") return { value: { changes, lastInsertRowid: 0 } satisfies RunResult, changes };
  return { value: query === "get" ? rows[0] : rows, changes };
}

function toRunResult(info: BetterSqlite3.RunResult): RunResult {
  return { changes: info.changes, lastInsertRowid: Number(info.lastInsertRowid) };
}
