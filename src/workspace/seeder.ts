/** A connection as scenarios see it while they fill a database: three calls, each statement prepared once. */
import type Database from "better-sqlite3";
import type { RunResult, Seeder } from "../vocabulary.ts";

export function seeder(db: Database.Database): Seeder {
  const prepared = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    const statement = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return {
    get: <Row>(sql: string, ...params: unknown[]) => prepare(sql).get(...params) as Row | undefined,
    all: <Row>(sql: string, ...params: unknown[]) => prepare(sql).all(...params) as Row[],
    run: (sql, ...params) => plain(prepare(sql).run(...params)),
  };
}

/** Row ids are numbers here: SQLite hands out bigger ones only to who asks for them. */
function plain({ changes, lastInsertRowid }: Database.RunResult): RunResult {
  return { changes, lastInsertRowid: Number(lastInsertRowid) };
}
