/** Every error that this room tells a person, in one place, so that they read alike. */
import { WorkshopError } from "../errors.ts";

/** Codes of Node and SQLite that mean the disk or its owner said no. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the file system is read-only",
  SQLITE_READONLY: "no permission",
  SQLITE_CANTOPEN: "no permission, or something else has its name",
  SQLITE_FULL: "the disk is full",
  SQLITE_IOERR: "the disk does not take it",
  ENOTDIR: "a file is in the way",
  EEXIST: "a file is in the way",
  EISDIR: "a folder is in the way",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
};

type Words = { message: string; hint: string; cause?: unknown };

export function notSetUp(slug: string): WorkshopError {
  return trouble({
    message: `"${slug}" is not set up here.`,
    hint: `Run: npx stale-stats setup-test-data ${slug}`,
  });
}

export function unreadableDatabase(file: string, slug: string): WorkshopError {
  return trouble({
    message: `${file} is not a workshop database.`,
    hint: `Run: npx stale-stats setup-test-data ${slug} (the file is kept beside the new one)`,
  });
}

export function unreadableProgress(file: string, slug: string, cause: unknown): WorkshopError {
  return trouble({
    message: `The progress in ${file} cannot be read.`,
    hint: `Run: npx stale-stats setup-test-data ${slug} (the file is kept beside the new one)`,
    cause,
  });
}

export function newerDatabase(file: string, versions: { found: number; known: number }): WorkshopError {
  return trouble({
    message: `${file} was made by a newer stale-stats (schema ${versions.found}; this one knows ${versions.known}).`,
    hint: "Install the newer stale-stats, or work in another folder.",
  });
}

export function setUpRunning(folder: string): WorkshopError {
  return trouble({
    message: `Another set-up is working on ${folder}.`,
    hint: "Wait until it is done, then run the command again if you still need to.",
  });
}

export function databaseInUse(file: string): WorkshopError {
  return trouble({
    message: `${file} is open in another program.`,
    hint: "Close it (a running stale-stats, a database viewer), then run the command again.",
  });
}

function cannotWrite({ folder, why, cause }: { folder: string; why: string; cause: unknown }): WorkshopError {
  return trouble({
    message: `${folder} cannot be written: ${why}.`,
    hint: "Free space or allow writing there, or run the command in another folder.",
    cause,
  });
}

export function unusableHandler(file: string, slug: string, fault: "missing" | "empty" | "not a file"): WorkshopError {
  return trouble({
    message: `${file} is ${fault}.`,
    hint:
      fault === "missing"
        ? `Give it its name back, or run: npx stale-stats setup-test-data ${slug} (it adds what is missing)`
        : `Undo in your editor, or run: npx stale-stats setup-test-data ${slug} --force (yours is kept in a snapshot)`,
  });
}

export function unusableName(name: string): WorkshopError {
  return new WorkshopError({
    code: "usage",
    message: `"${name}" cannot be the name of an attempt.`,
    hint: "Use letters, digits, - and _, 40 at most, and no name of a Windows device such as con.",
  });
}

export function attemptExists(name: string): WorkshopError {
  return new WorkshopError({
    code: "usage",
    message: `There is an attempt called "${name}" already.`,
    hint: "Choose another name, or add --force (the old one is kept under a number).",
  });
}

export function unknownAttempt(name: string, known: readonly string[]): WorkshopError {
  return new WorkshopError({
    code: "usage",
    message: `There is no attempt called "${name}".`,
    hint:
      known.length === 0 ? "Save one first: npx stale-stats attempt save NAME" : `Choose one of: ${known.join(", ")}.`,
  });
}

/** What the disk, not our code, is to blame for becomes a message for people; everything else stays as it is. */
export function asWriteTrouble(error: unknown, folder: string): unknown {
  const why = REASONS[errorCode(error)] ?? REASONS[primaryCode(error)];
  return why === undefined ? error : cannotWrite({ folder, why, cause: error });
}

/** SQLite's words for a file that is not, or no longer, a database, or holds other tables than it should. */
export function isDamage(error: unknown): boolean {
  return ["SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR"].includes(primaryCode(error));
}

/** SQLite refines its codes: `SQLITE_IOERR_WRITE` is a kind of `SQLITE_IOERR`. */
function primaryCode(error: unknown): string {
  return errorCode(error).split("_", 2).join("_");
}

/** Empty for an error without one. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function trouble(words: Words): WorkshopError {
  return new WorkshopError({ code: "environment", ...words });
}
