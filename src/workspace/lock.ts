/**
 * Only one at a time per folder. The lock is SQLite's own on a file that is never removed: the operating
 * system gives it back when its holder dies, however it dies, and no process number can be mistaken for another.
 */
import Database from "better-sqlite3";
import { errorCode, setUpRunning } from "./trouble.ts";

/** Held until the body settles. Throws when somebody else holds it and does not let go within `patience` milliseconds. */
export async function withLock<Result>(
  lock: { file: string; folder: string; patience: number },
  body: () => Promise<Result>,
): Promise<Result> {
  const holder = new Database(lock.file, { timeout: lock.patience });
  try {
    acquire(holder, lock.folder);
    return await body();
  } finally {
    holder.close();
  }
}

function acquire(holder: Database.Database, folder: string): void {
  try {
    holder.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    throw errorCode(error) === "SQLITE_BUSY" ? setUpRunning(folder) : error;
  }
}

/** Held until the function is called. Null when somebody else holds it. */
export function tryLock(file: string): (() => void) | null {
  const holder = new Database(file, { timeout: 0 });
  try {
    holder.exec("BEGIN EXCLUSIVE");
    return () => void holder.close();
  } catch (error) {
    holder.close();
    if (errorCode(error) === "SQLITE_BUSY") return null;
    throw error;
  }
}
