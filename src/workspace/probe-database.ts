/** Tries whether SQLite does what a workshop needs of it in a folder: loads, writes in WAL mode, reads back. */
import { join } from "node:path";
import Database from "better-sqlite3";

/** Gives SQLite's version. Throws whatever stands in the way. The file stays: the folder is the caller's to remove. */
export function probeDatabase(folder: string): string {
  const file = join(folder, "probe.db");
  const writer = new Database(file);
  try {
    if (writer.pragma("journal_mode = WAL", { simple: true }) !== "wal")
      throw new Error("it cannot keep a log beside the database");
    writer.exec("CREATE TABLE probe (text TEXT NOT NULL); INSERT INTO probe VALUES ('written')");
    return readBack(file);
  } finally {
    writer.close();
  }
}

/** By another connection, as another program would. */
function readBack(file: string): string {
  const reader = new Database(file, { readonly: true });
  try {
    const row = reader.prepare<[], { text: string; version: string }>(
      "SELECT text, sqlite_version() AS version FROM probe",
    );
    const found = row.get();
    if (found?.text !== "written") throw new Error("what was written could not be read back");
    return found.version;
  } finally {
    reader.close();
  }
}
