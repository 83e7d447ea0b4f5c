/**
 * The SQLite file that both servers share, in WAL mode, filled with one world of the scenario.
 * Gives the requests that world knows, a reader for its truth, and what other programs do to it; delays nothing and
 * serves nobody.
 */
import BetterSqlite3 from "better-sqlite3";
import type {
  Cast,
  ExternalWrite,
  Random,
  RunResult,
  Scenario,
  Seeder,
  SqlValue,
  TruthReader,
} from "../src/vocabulary.ts";
import { rememberRows } from "./remember-rows.ts";

/** Rows seeded with times lie before it, and so before everything that the servers write. */
const NOW = "2025-06-01T12:00:00.000Z";

export interface SharedDatabase {
  readonly cast: Cast;
  readonly truth: TruthReader;
  /** One commit; waits for whoever is writing. */
  writeOutside(write: ExternalWrite): void;
  /** Puts the rows back as they were seeded, as another program would: in one commit. */
  restore(): void;
  close(): void;
}

export function createSharedDatabase(place: { file: string; scenario: Scenario; random: Random }): SharedDatabase {
  const { file, scenario, random } = place;
  const sqlite = new BetterSqlite3(file);
  sqlite.pragma("journal_mode = WAL");
  sqlite.exec(scenario.schema);
  const offset = 1_000 * random.integer(1, 900); // ids that no handler can know by heart
  const reader = readerOf(sqlite);
  const db: Seeder = { ...reader, run: (sql, ...params) => runOn(sqlite, sql, params) };
  const cast = scenario.seedWorld({ db, random, id: (n) => offset + n, now: NOW });
  return {
    cast,
    truth: reader,
    writeOutside: (write) => sqlite.transaction(() => write.run(db)).immediate(),
    restore: rememberRows(sqlite, scenario.bookkeeping ?? []),
    close: () => void sqlite.close(),
  };
}

function runOn(sqlite: BetterSqlite3.Database, sql: string, params: readonly SqlValue[]): RunResult {
  const { changes, lastInsertRowid } = sqlite.prepare<SqlValue[]>(sql).run(...params);
  return { changes, lastInsertRowid: Number(lastInsertRowid) };
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
