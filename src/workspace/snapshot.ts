/** Keeps what a participant wrote before anything overwrites it. Numbered from 1; nothing here ever deletes one. */
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
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
  const numbers = (await readdir(home)).filter((name) => /^\d+$/.test(name)).map(Number);
  return Math.max(0, ...numbers);
}
