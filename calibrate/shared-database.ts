/**
 * The SQLite file that both servers share, in WAL mode, filled with one world of the scenario.
 * Gives the requests that world knows and a reader for its truth; delays nothing and serves nobody.
 */
import BetterSqlite3 from "better-sqlite3";
import type { Cast, Random, Scenario, SqlValue, TruthReader } from "../src/vocabulary.ts";

/** Rows seeded with times lie before it, and so before everything that the servers write. */
const NOW = "2025-06-01T12:00:00.000Z";

export interface SharedDatabase {
  readonly cast: Cast;
  readonly truth: TruthReader;
  close(): void;
}

export function createSharedDatabase(place: { file: string; scenario: Scenario; random: Random }): SharedDatabase {
  const { file, scenario, random } = place;
  const sqlite = new BetterSqlite3(file);
  sqlite.pragma("journal_mode = WAL");
  sqlite.exec(scenario.schema);
  const offset = 1_000 * random.integer(1, 900); // ids that no handler can know by heart
  const reader = readerOf(sqlite);
  const run = (sql: string, ...params: SqlValue[]): { changes: number; lastInsertRowid: number } => {
    const { changes, lastInsertRowid } = sqlite.prepare<SqlValue[]>(sql).run(...params);
    return { changes, lastInsertRowid: Number(lastInsertRowid) };
  };
  const cast = scenario.seedWorld({ db: { ...reader, run }, random, id: (n) => offset + n, now: NOW });
  return { cast, truth: reader, close: () => void sqlite.close() };
}

function readerOf(sqlite: BetterSqlite3.Database): TruthReader {
  const prepared = new Map<string, BetterSqlite3.Statement<SqlValue[]>>();
  const prepare = (sql: string): BetterSqlite3.Statement<SqlValue[]> => {
    const statement = prepared.get(sql) ?? sqlite.prepare<SqlValue[]>(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return {
    get: <Row>(sql: string, ...params: SqlValue[]) => prepare(sql).get(...params) as Row | undefined,
    all: <Row>(sql: string, ...params: SqlValue[]) => prepare(sql).all(...params) as Row[],
  };
}
