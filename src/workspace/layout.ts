/**
 * Where everything of a participant's folder lies. Paths only: nothing here looks at the disk.
 * The data lies in a dot folder inside, so that the folder can be copied, moved and deleted as one thing.
 */
import { join } from "node:path";

/** A workshop by name: `home` is the absolute path of the folder that holds one folder per scenario. */
export interface Place {
  readonly home: string;
  readonly slug: string;
}

/** What an editor is opened on: the handlers, a page, a tsconfig. */
export function workingCopyFolder(place: Place): string {
  return join(place.home, place.slug);
}

/** What an editor hides: the database, its locks, the snapshots. */
export function dataFolder(place: Place): string {
  return join(workingCopyFolder(place), ".stale-stats");
}

export function databaseFile(place: Place): string {
  return join(dataFolder(place), "workshop.db");
}

export function lockFile(place: Place): string {
  return join(dataFolder(place), "set-up.lock");
}

/** Held while a set-up's database takes the place of the old one, and while a record is written. */
export function swapLockFile(place: Place): string {
  return join(dataFolder(place), "swap.lock");
}

/** Held by the one of several watching programs that keeps the records. */
export function recordingLockFile(place: Place): string {
  return join(dataFolder(place), "recording.lock");
}

export function snapshotsFolder(place: Place): string {
  return join(dataFolder(place), "snapshots");
}

export function attemptsFolder(place: Place): string {
  return join(dataFolder(place), "attempts");
}
