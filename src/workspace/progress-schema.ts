/**
 * The tables in which a workshop database keeps people's progress, as the steps that lead from each schema version to
 * the next. A step that was released is never changed: files written by it are out there.
 */
import type Database from "better-sqlite3";

/** A database as `build-database.ts` makes it: the scenario's tables only. */
export const BASE_VERSION = 1;

/** The first leads from version 1 to 2, and so on. */
const STEPS: readonly string[] = [
  `CREATE TABLE workshop_attempts (
     id INTEGER PRIMARY KEY,
     scenario TEXT NOT NULL,
     at TEXT NOT NULL,
     milliseconds INTEGER NOT NULL,
     attempt TEXT,
     handlers TEXT NOT NULL,
     verdict TEXT NOT NULL,
     cause TEXT,
     property TEXT,
     stars INTEGER NOT NULL,
     required_stars INTEGER NOT NULL,
     hint_rung INTEGER NOT NULL,
     prompt_level INTEGER,
     assistant TEXT,
     version TEXT NOT NULL
   );
   CREATE TABLE workshop_events (
     id INTEGER PRIMARY KEY,
     scenario TEXT NOT NULL,
     at TEXT NOT NULL,
     kind TEXT NOT NULL,
     cause TEXT,
     rung INTEGER,
     level INTEGER
   );`,
  `CREATE TABLE workshop_verdicts (
     scenario TEXT PRIMARY KEY,
     at TEXT NOT NULL,
     handlers TEXT NOT NULL,
     verdict TEXT NOT NULL
   );`,
];

export const SCHEMA_VERSION: number = BASE_VERSION + STEPS.length;

/** Brings a workshop database to the newest version: all or nothing, also when two programs try at once. */
export function migrate(db: Database.Database, steps: readonly string[] = STEPS): void {
  if (versionOf(db) >= BASE_VERSION + steps.length) return;
  db.transaction(() => {
    // Asked again: another program may have done it while we waited for the lock.
    for (const step of steps.slice(versionOf(db) - BASE_VERSION)) db.exec(step);
    db.pragma(`user_version = ${BASE_VERSION + steps.length}`);
  }).immediate();
}

/** Throws SQLite's error when the tables are not those of the version that the file names. */
export function probeProgress(db: Database.Database): void {
  migrate(db);
  db.prepare("SELECT scenario, at, hint_rung, prompt_level, version FROM workshop_attempts LIMIT 1").all();
  db.prepare("SELECT scenario, at, kind, cause, rung, level FROM workshop_events LIMIT 1").all();
  db.prepare("SELECT scenario, at, handlers, verdict FROM workshop_verdicts LIMIT 1").all();
}

function versionOf(db: Database.Database): number {
  return Math.max(BASE_VERSION, Number(db.pragma("user_version", { simple: true })));
}
