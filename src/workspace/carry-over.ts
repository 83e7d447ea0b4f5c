/**
 * Copies from an old workshop database every table that the new one does not have: what people achieved, and whatever
 * a later version keeps there. The scenario's own tables are in the new one already, with their data as new.
 */
import Database from "better-sqlite3";
import { probeProgress } from "./progress-schema.ts";
import { isDamage } from "./trouble.ts";

interface SchemaEntry {
  readonly name: string;
  readonly sql: string;
}

/**
 * Tables come with rows, indexes and triggers, and with the version of their schema. All or nothing: false when the old
 * file is damaged, or its progress is not what its version promises; then the new one stays as it was.
 */
export function carryOver(files: { from: string; to: string }): boolean {
  const db = new Database(files.to);
  try {
    db.pragma("foreign_keys = OFF");
    db.prepare("ATTACH ? AS old").run(files.from);
    db.transaction(() => {
      missingTables(db).forEach((table) => copyTable(db, table));
      db.pragma(`main.user_version = ${Number(db.pragma("old.user_version", { simple: true }))}`);
      probeProgress(db);
    })();
    return true;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  } finally {
    db.close();
  }
}

function missingTables(db: Database.Database): SchemaEntry[] {
  return db
    .prepare<[], SchemaEntry>(
      `SELECT name, sql FROM old.sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
          AND name NOT IN (SELECT name FROM main.sqlite_schema)`,
    )
    .all();
}

function copyTable(db: Database.Database, table: SchemaEntry): void {
  db.exec(table.sql);
  db.exec(`INSERT INTO main.${quoted(table.name)} SELECT * FROM old.${quoted(table.name)}`);
  // After the rows, so that no trigger fires for them.
  const rest = db.prepare<[string], SchemaEntry>(
    "SELECT name, sql FROM old.sqlite_schema WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL",
  );
  for (const { sql } of rest.all(table.name)) db.exec(sql);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
