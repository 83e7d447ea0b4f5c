/** The smallest scenario that a set-up accepts, for this room's tests. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { SetUpOptions } from "./set-up-workshop.ts";

export const HANDLER = "export const readNote = () => new Response();\n";

const homes: string[] = [];

/** Every folder that `tinySetUp` made. */
export function removeHomes(): void {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
}

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), "stale-stats-test-"));
  homes.push(home);
  return home;
}

/** Options for a set-up in a folder of its own; the package's root is not looked at. */
export function tinySetUp(changes: Partial<SetUpOptions> = {}): SetUpOptions {
  return {
    home: changes.home ?? newHome(),
    root: "/package",
    scenario: {
      slug: "tiny",
      title: "A tiny lesson",
      teaches: "read a note",
      minutes: 1,
      routes: [{ id: "note", method: "GET", path: "/notes/:id", file: "note.ts", export: "readNote", role: "read" }],
      story: { incident: ["Somebody reads a note."] },
      schema:
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL); CREATE INDEX notes_by_text ON notes (text);",
      seedWorkshop: (db, random) => {
        db.run("INSERT INTO notes (text) VALUES (?)", `note ${random.integer(1, 1_000_000)}`);
      },
      bulk: {
        unit: "notes",
        prepare: () => ({ insert: "INSERT INTO notes (text) VALUES (?)", row: (n) => [`bulk ${n}`] }),
      },
    },
    starter: new Map([["note.ts", HANDLER]]),
    seed: "a",
    downloads: 0,
    force: false,
    at: "2026-01-02T03:04:05.000Z",
    ...changes,
  };
}

/** What a query finds in a database file, by a connection of its own. */
export function query(file: string, sql: string): unknown[] {
  const db = new Database(file);
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

export function execute(file: string, sql: string): void {
  const db = new Database(file);
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}
