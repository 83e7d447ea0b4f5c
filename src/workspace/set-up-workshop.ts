/**
 * Makes or renews a participant's folder. Takes the scenario and its starter files, gives what it did. Interrupted at
 * any point it leaves the old data or the new; the handlers are the participant's and outlive every set-up.
 */
import { access, constants, mkdir } from "node:fs/promises";
import type { Scenario } from "../vocabulary.ts";
import type { Progress } from "./build-database.ts";
import { buildDatabase } from "./build-database.ts";
import { inspectDatabase } from "./database-identity.ts";
import type { Place } from "./layout.ts";
import { databaseFile, dataFolder, lockFile, swapLockFile, workingCopyFolder } from "./layout.ts";
import { withLock } from "./lock.ts";
import type { PageScenario } from "./page.ts";
import { pageFiles, settingFiles } from "./page.ts";
import { closeLog, removeDatabase, replaceDatabase } from "./replace-database.ts";
import { snapshot } from "./snapshot.ts";
import { asWriteTrouble } from "./trouble.ts";
import type { Files, WriteResult } from "./working-copy.ts";
import { filesThatDiffer, writeFiles } from "./working-copy.ts";

/**
 * Milliseconds to wait for another set-up. Enough for two that begin at the same moment: without it, each finds the
 * other on its way to the lock, and both give up.
 */
const LOCK_PATIENCE = 250;
/** Milliseconds to wait for programs that are just recording something. */
const SWAP_PATIENCE = 2000;

export interface SetUpOptions {
  readonly home: string;
  /** Absolute path of the package. */
  readonly root: string;
  readonly scenario: Pick<Scenario, "schema" | "seedWorkshop" | "bulk"> & PageScenario;
  readonly starter: Files;
  readonly seed: string;
  readonly downloads: number;
  /** Overwrite what differs, after a snapshot. */
  readonly force: boolean;
  /** ISO time, for the snapshot. */
  readonly at: string;
  progress?(state: Progress): Promise<void> | void;
  readonly signal?: AbortSignal;
}

export interface SetUpResult {
  readonly folder: string;
  readonly databaseFile: string;
  /** Starter files that were written. */
  readonly written: readonly string[];
  /** Starter files that a participant has changed, left as they are. */
  readonly kept: readonly string[];
  /** Where the overwritten files are; null when nothing was overwritten. */
  readonly snapshot: string | null;
  /** Where an unreadable database file, or one with unreadable progress, went; null when there was none. */
  readonly setAside: string | null;
}

/** Throws a WorkshopError (`environment`) for a folder, disk or database file that does not let it; see trouble.ts. */
export async function setUpWorkshop(options: SetUpOptions): Promise<SetUpResult> {
  const place: Place = { home: options.home, slug: options.scenario.slug };
  const folder = workingCopyFolder(place);
  try {
    await mkdir(dataFolder(place), { recursive: true });
    // SQLite opens what it may not write for reading, and would complain much later and in its own words.
    await access(dataFolder(place), constants.W_OK);
    return await withLock({ file: lockFile(place), folder, patience: LOCK_PATIENCE }, () =>
      setUpLocked(place, options),
    );
  } catch (error) {
    throw asWriteTrouble(error, folder);
  }
}

/** The new database is finished before a file is touched, and takes its place last: that is the moment that counts. */
async function setUpLocked(place: Place, options: SetUpOptions): Promise<SetUpResult> {
  const old = databaseFile(place);
  const fresh = `${old}.new`;
  await removeDatabase(fresh);
  const found = await inspectDatabase(place);
  // Asked now rather than after minutes of work.
  if (found === "usable") closeLog(old);
  try {
    await buildDatabase({ ...options, file: fresh });
    const files = await renewFiles(place, options);
    const swapLock = { file: swapLockFile(place), folder: workingCopyFolder(place), patience: SWAP_PATIENCE };
    const aside = await withLock(swapLock, () => replaceDatabase({ fresh, old, found }));
    return { folder: workingCopyFolder(place), databaseFile: old, ...files, setAside: aside };
  } finally {
    await removeDatabase(fresh);
  }
}

async function renewFiles(place: Place, options: SetUpOptions): Promise<WriteResult & Pick<SetUpResult, "snapshot">> {
  const folder = workingCopyFolder(place);
  const own = new Map([...options.starter, ...pageFiles(options.scenario)]);
  const differing = options.force ? await filesThatDiffer(folder, own) : new Map<string, string>();
  const reason = "set up again with --force";
  const kept = differing.size > 0 ? await snapshot({ place, files: differing, at: options.at, reason }) : null;
  await writeFiles({ folder, files: settingFiles({ root: options.root, folder }), overwrite: true });
  await writeFiles({ folder, files: pageFiles(options.scenario), overwrite: options.force });
  const handlers = await writeFiles({ folder, files: options.starter, overwrite: options.force });
  return { ...handlers, snapshot: kept };
}
