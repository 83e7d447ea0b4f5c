/** Another program at work in a live service's database file, over a connection of its own. Tells the service nothing. */
import type { ExternalWrite, Seeder, SqlValue } from "../../vocabulary.ts";
import { openLiveConnection } from "./live-connection.ts";

export interface OutsideWriter {
  /** False: a transaction of the service is open, and nothing was written. */
  write(external: ExternalWrite): boolean;
  close(): void;
}

/** Throws an environment error when the file cannot be opened. */
export function openOutsideWriter(file: string): OutsideWriter {
  const { sqlite } = openLiveConnection(file, { readonly: false });
  sqlite.pragma("busy_timeout = 0"); // the transaction that it waited for would wait for it
  const db: Seeder = {
    get: <Row>(sql: string, ...params: SqlValue[]) => sqlite.prepare<SqlValue[], Row>(sql).get(...params),
    all: <Row>(sql: string, ...params: SqlValue[]) => sqlite.prepare<SqlValue[], Row>(sql).all(...params),
    run: (sql, ...params) => {
      const { changes, lastInsertRowid } = sqlite.prepare<SqlValue[]>(sql).run(...params);
      return { changes, lastInsertRowid: Number(lastInsertRowid) };
    },
  };
  return {
    write: (external) => {
      try {
        sqlite.transaction(() => external.run(db)).immediate();
        return true;
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "SQLITE_BUSY") return false;
        throw error;
      }
    },
    close: () => void sqlite.close(),
  };
}
