/**
 * Puts other files in the place of a participant's, after a snapshot of all that is there: whatever is done here can be
 * undone, and that too. Files that the new ones do not name stay as they are.
 */
import { mkdir } from "node:fs/promises";
import { WorkshopError } from "../errors.ts";
import type { Place } from "./layout.ts";
import { dataFolder, lockFile, workingCopyFolder } from "./layout.ts";
import { withLock } from "./lock.ts";
import { listSnapshots, snapshot, type Snapshot } from "./snapshot.ts";
import { asWriteTrouble } from "./trouble.ts";
import { type Files, filesThatDiffer, readModules, writeFiles } from "./working-copy.ts";

export interface Replaced {
  /** Names of the files that are different now; empty when everything was as wanted. */
  readonly written: readonly string[];
  /** Absolute folder of what was there before; null when nothing of it was overwritten. */
  readonly snapshot: string | null;
}

interface Occasion {
  /** ISO time. */
  readonly at: string;
  /** For the snapshot, e.g. `reset`. */
  readonly reason: string;
}

/** Throws a WorkshopError (`environment`) without a set-up, and for a folder that cannot be written. */
export const snapshots: {
  replaceHandlers(options: Occasion & { place: Place; files: Files }): Promise<Replaced>;
  /** The oldest first. */
  list(place: Place): Promise<Snapshot[]>;
  /** Throws a usage error for a number that does not exist. */
  restore(options: { place: Place; number: number; at: string }): Promise<Replaced>;
} = { replaceHandlers, list: listSnapshots, restore };

/** Milliseconds to wait for another command that is just writing handlers. */
const PATIENCE = 2000;

async function replaceHandlers(options: Occasion & { place: Place; files: Files }): Promise<Replaced> {
  const { place, files, at, reason } = options;
  const folder = workingCopyFolder(place);
  await readModules(folder, place.slug); // without a set-up there is nothing to replace, and no folder to make
  try {
    await mkdir(dataFolder(place), { recursive: true });
    return await withLock({ file: lockFile(place), folder, patience: PATIENCE }, async () => {
      const present = await readModules(folder, place.slug);
      const differing = await filesThatDiffer(folder, files);
      const kept = new Map([...present, ...differing]);
      const taken = differing.size > 0 ? await snapshot({ place, files: kept, at, reason }) : null;
      const { written } = await writeFiles({ folder, files, overwrite: true });
      return { written, snapshot: taken };
    });
  } catch (error) {
    throw asWriteTrouble(error, folder);
  }
}

async function restore(options: { place: Place; number: number; at: string }): Promise<Replaced> {
  const { place, number, at } = options;
  const taken = await listSnapshots(place);
  const wanted = taken.find((one) => one.number === number);
  if (wanted === undefined) throw noSuchSnapshot(number, taken);
  return await replaceHandlers({ place, files: wanted.files, at, reason: `going back to snapshot ${number}` });
}

function noSuchSnapshot(number: number, taken: readonly Snapshot[]): WorkshopError {
  const numbers = taken.map((one) => String(one.number));
  return new WorkshopError({
    code: "usage",
    message: `There is no snapshot ${number}.`,
    hint: numbers.length === 0 ? "None was taken yet." : `Choose one of: ${numbers.join(", ")}.`,
  });
}
