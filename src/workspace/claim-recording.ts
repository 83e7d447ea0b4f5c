/** Of several programs that watch one working copy, one keeps the records: each save is one attempt, not several. */
import { existsSync } from "node:fs";
import type { Place } from "./layout.ts";
import { dataFolder, recordingLockFile, workingCopyFolder } from "./layout.ts";
import { tryLock } from "./lock.ts";
import { asWriteTrouble } from "./trouble.ts";

/** Ends when `release` is called, or with the process. */
export interface RecordingClaim {
  /** False once the folder that was claimed is gone, even when another one has its name. */
  valid(): boolean;
  release(): void;
}

const NOTHING: RecordingClaim = { valid: () => false, release: () => {} };

/** Null when another program has it. Without a set-up there are no records, and nothing to claim. Throws a WorkshopError (`environment`) for a folder that cannot be written. */
export function claimRecording(place: Place): RecordingClaim | null {
  const present = (): boolean => existsSync(dataFolder(place));
  if (!present()) return NOTHING;
  try {
    const release = tryLock(recordingLockFile(place));
    return release === null ? null : { release, valid: () => existsSync(recordingLockFile(place)) };
  } catch (error) {
    if (!present()) return NOTHING; // gone in this very moment
    throw asWriteTrouble(error, workingCopyFolder(place));
  }
}
