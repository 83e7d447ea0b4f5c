/** Opens a workshop database for its progress: in its newest schema, alone with set-ups, patient with everybody else. */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { inspectDatabase } from "./database-identity.ts";
import type { Place } from "./layout.ts";
import { databaseFile, swapLockFile, workingCopyFolder } from "./layout.ts";
import { withLock } from "./lock.ts";
import { migrate } from "./progress-schema.ts";
import {
  asWriteTrouble,
  databaseInUse,
  errorCode,
  isDamage,
  unreadableDatabase,
  unreadableProgress,
} from "./trouble.ts";

/** Milliseconds to wait for other programs: writing a record takes one of them. */
const PATIENCE = 10_000;

/** The body runs in one transaction of its own. Null when there is no database, and then the body does not run. */
export async function withProgress<Result>(
  place: Place,
  body: (db: Database.Database) => Result,
): Promise<Result | null> {
  const file = databaseFile(place);
  try {
    const state = await inspectDatabase(place);
    if (state === "missing") return null;
    if (state === "unreadable") throw unreadableDatabase(file, place.slug);
    // A record must not go into a file that a set-up has just copied and is about to replace.
    const lock = { file: swapLockFile(place), folder: workingCopyFolder(place), patience: PATIENCE };
    return await withLock(lock, async () => inTransaction(file, body));
  } catch (error) {
    if (!existsSync(dirname(file))) return null; // gone in this very moment
    throw asProgressTrouble(error, place);
  }
}

function inTransaction<Result>(file: string, body: (db: Database.Database) => Result): Result {
  const db = new Database(file, { timeout: PATIENCE });
  try {
    migrate(db);
    return db.transaction(() => body(db)).immediate();
  } finally {
    db.close();
  }
}

function asProgressTrouble(error: unknown, place: Place): unknown {
  const file = databaseFile(place);
  if (isDamage(error)) return unreadableProgress(file, place.slug, error);
  if (errorCode(error).startsWith("SQLITE_BUSY")) return databaseInUse(file);
  return asWriteTrouble(error, workingCopyFolder(place));
}
