/**
 * Puts a finished database in the place of the old one, in one step of the file system: whoever looks sees the old
 * data or the new, also after a kill or a power cut. Carries over what the scenario did not create: people's progress.
 */
import { open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import Database from "better-sqlite3";
import { carryOver } from "./carry-over.ts";
import { migrate } from "./progress-schema.ts";
import { databaseInUse, errorCode } from "./trouble.ts";

/** Milliseconds to wait for a reader that is just copying. */
const PATIENCE = 2000;
/** What SQLite may lay beside a database. */
const LOGS = ["-wal", "-shm", "-journal"];

/**
 * Gives the path at which an unreadable old file is kept now; null when nothing had to be kept.
 * Throws when another program keeps the old one open.
 */
export async function replaceDatabase(files: {
  fresh: string;
  old: string;
  found: "missing" | "unreadable" | "usable";
}): Promise<string | null> {
  const { fresh, old, found } = files;
  if (found === "usable") closeLog(old);
  const adopted = found === "usable" && carryOver({ from: old, to: fresh });
  const aside = found === "missing" || adopted ? null : await setAside(old);
  finish(fresh);
  await flush(fresh);
  // A log left beside the old file would be replayed into the new one. The old one's own is empty by now.
  await Promise.all(LOGS.map((suffix) => rm(`${old}${suffix}`, { force: true })));
  await rename(fresh, old);
  await flushFolder(dirname(old));
  return aside;
}

/** Leaving WAL mode needs the file alone: it empties and removes the log, or says that somebody else is in there. */
export function closeLog(file: string): void {
  const db = new Database(file, { timeout: PATIENCE });
  try {
    db.pragma("journal_mode = DELETE");
  } catch (error) {
    throw errorCode(error).startsWith("SQLITE_BUSY") ? databaseInUse(file) : error;
  } finally {
    db.close();
  }
}

/** Keeps a file that is no workshop database under a name that nothing uses; gives that name. */
async function setAside(file: string): Promise<string> {
  const names = await readdir(dirname(file));
  const taken = names.filter((name) => name.startsWith(`${basename(file)}.unreadable-`)).length;
  const kept = join(dirname(file), `${basename(file)}.unreadable-${taken + 1}`);
  await rename(file, kept);
  return kept;
}

/** Removes a database with everything beside it, if it is there. */
export async function removeDatabase(file: string): Promise<void> {
  await Promise.all(["", ...LOGS].map((suffix) => rm(`${file}${suffix}`, { force: true })));
}

/** In the newest schema, and in WAL mode: that is written into the header, so every later connection finds it. */
function finish(file: string): void {
  const db = new Database(file);
  migrate(db);
  db.pragma("journal_mode = WAL");
  db.close();
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the new name last. Windows has no such call for folders, and needs none. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
