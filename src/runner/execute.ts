/** One prepared statement run once, for `get`, `all` or `run`. Takes it prepared; knows no transaction. */
import type BetterSqlite3 from "better-sqlite3";
import type { RunResult } from "../vocabulary.ts";
import type { DatabaseEffect } from "./effect.ts";

export interface Executed {
  readonly value: unknown;
  readonly changes: number;
}

/** `changes`: rows that the statement itself changed. Throws what SQLite says. */
export function execute(prepared: BetterSqlite3.Statement<unknown[], unknown>, effect: DatabaseEffect): Executed {
  if (effect.operation === "run" && !prepared.reader) {
    const result = toRunResult(prepared.run(...effect.params));
    return { value: result, changes: result.changes };
  }
  if (effect.operation === "get" && prepared.readonly) return { value: prepared.get(...effect.params), changes: 0 };
  const rows = prepared.all(...effect.params); // also for `get`: INSERT … RETURNING must run to its end
  const changes = prepared.readonly ? 0 : rows.length;
  if (effect.operation === "run") return { value: { changes, lastInsertRowid: 0 }, changes };
  return { value: effect.operation === "get" ? rows[0] : rows, changes };
}

export function toRunResult(info: BetterSqlite3.RunResult): RunResult {
  return { changes: info.changes, lastInsertRowid: Number(info.lastInsertRowid) };
}
