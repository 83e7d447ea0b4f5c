/** How a workshop database tells that it is one, and which schema it has. Opens files read-only; changes none. */
import { open } from "node:fs/promises";
import Database from "better-sqlite3";
import type { Place } from "./layout.ts";
import { databaseFile } from "./layout.ts";
import { BASE_VERSION, SCHEMA_VERSION } from "./progress-schema.ts";
import { errorCode, isDamage, newerDatabase } from "./trouble.ts";

/** "STLS" in ASCII: what `file` and SQLite's own tools show for ours. */
const APPLICATION_ID = 0x53544c53;
/** Signs a database that is being built; its version is that of the tables that belong to the workshop. */
export function sign(db: Database.Database): void {
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${BASE_VERSION}`);
}

/** `unreadable` is a file that is no workshop database at all. Throws for one made by a newer version than ours. */
export async function inspectDatabase(place: Place): Promise<"missing" | "unreadable" | "usable"> {
  const file = databaseFile(place);
  if (!(await exists(file))) return "missing";
  const { application, version } = readIdentity(file);
  if (application !== APPLICATION_ID) return "unreadable";
  if (version > SCHEMA_VERSION) throw newerDatabase(file, { found: version, known: SCHEMA_VERSION });
  return "usable";
}

async function exists(file: string): Promise<boolean> {
  try {
    await (await open(file, "r")).close();
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

function readIdentity(file: string): { application: number; version: number } {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true });
    // The first look into the schema is what finds a damaged header.
    db.prepare("SELECT name FROM sqlite_schema LIMIT 1").all();
    return { application: pragmaNumber(db, "application_id"), version: pragmaNumber(db, "user_version") };
  } catch (error) {
    if (isDamage(error)) return { application: 0, version: 0 };
    throw error;
  } finally {
    db?.close();
  }
}

function pragmaNumber(db: Database.Database, name: string): number {
  return Number(db.pragma(name, { simple: true }));
}
