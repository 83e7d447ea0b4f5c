/** Keeps what a participant wrote before anything overwrites it. Numbered from 1; nothing here ever deletes one. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { Place } from "./layout.ts";
import { snapshotsFolder } from "./layout.ts";
import type { Files } from "./working-copy.ts";

export interface SnapshotOptions {
  readonly place: Place;
  readonly files: Files;
  /** ISO time. */
  readonly at: string;
  /** Why it was taken, e.g. `set up again with --force`. */
  readonly reason: string;
}

/**
 * Gives the absolute folder of the new snapshot: `files/` as they were, and `snapshot.json` with time and reason.
 * It appears under its number only when it is complete.
 */
export async function snapshot({ place, files, at, reason }: SnapshotOptions): Promise<string> {
  const home = snapshotsFolder(place);
  await mkdir(home, { recursive: true });
  const folder = join(home, String(1 + (await lastNumber(home))));
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  for (const [name, text] of files) {
    const file = join(unfinished, "files", name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  await writeFile(join(unfinished, "snapshot.json"), `${JSON.stringify({ at, reason }, null, 2)}\n`);
  await rename(unfinished, folder);
  return folder;
}

async function lastNumber(home: string): Promise<number> {
  return Math.max(0, ...(await numbersIn(home)));
}

async function numbersIn(home: string): Promise<number[]> {
  const names = await readdir(home).catch(() => []);
  return names
    .filter((name) => /^[1-9]\d*$/u.test(name))
    .map(Number)
    .sort((one, other) => one - other);
}

/** What was kept, and when and why as far as its note can still be read. */
export interface Snapshot {
  readonly number: number;
  /** ISO time; null when the note is damaged. */
  readonly at: string | null;
  readonly reason: string | null;
  readonly files: Files;
}

/** The oldest first. */
export async function listSnapshots(place: Place): Promise<Snapshot[]> {
  const home = snapshotsFolder(place);
  return await Promise.all((await numbersIn(home)).map((number) => readSnapshot(home, number)));
}

async function readSnapshot(home: string, number: number): Promise<Snapshot> {
  const folder = join(home, String(number));
  const [note, files] = await Promise.all([
    readFile(join(folder, "snapshot.json"), "utf8").then(parseNote, () => NO_NOTE),
    filesIn(join(folder, "files")),
  ]);
  return { number, ...note, files };
}

const NO_NOTE = { at: null, reason: null };

function parseNote(text: string): Pick<Snapshot, "at" | "reason"> {
  try {
    const { at = null, reason = null }: { at?: unknown; reason?: unknown } = JSON.parse(text);
    return { at: isTime(at) ? at : null, reason: typeof reason === "string" ? reason : null };
  } catch {
    return NO_NOTE;
  }
}

function isTime(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(value);
}

async function filesIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(
    paths
      .sort()
      .map(async (path) => [path.slice(folder.length + 1).replaceAll(sep, "/"), await readFile(path, "utf8")] as const),
  );
  return new Map(texts);
}
