/** Puts what a command made into a file where it was asked for. Replaces only what an earlier call of it wrote. */
import { open, rename, rm, writeFile } from "node:fs/promises";
import { WorkshopError } from "../errors.ts";

export interface Made {
  readonly text: string;
  /** Whether the command made the file that begins like this; its first kilobyte. */
  isOurs(head: string): boolean;
  /** In words, e.g. `report`. */
  readonly what: string;
  /** With which the file was named, e.g. `--out`. */
  readonly option: string;
}

/** `file` is absolute. A reader of the old text never sees half of the new one. */
export async function writeReportFile(file: string, made: Made): Promise<void> {
  try {
    const head = await firstPart(file);
    if (head === null) return await writeFile(file, made.text, { flag: "wx" });
    if (!made.isOurs(head)) throw somebodyElses(file, made);
    return await replace(file, made.text);
  } catch (error) {
    throw asTrouble(error, file, made);
  }
}

/** Null when there is no such file. */
async function firstPart(file: string): Promise<string | null> {
  const handle = await open(file, "r").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });
  if (handle === null) return null;
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(1000), position: 0 });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function replace(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(beside, text, { flag: "wx" });
    await rename(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
}

function somebodyElses(file: string, { what, option }: Made): WorkshopError {
  return new WorkshopError({
    code: "environment",
    message: `${file} is there already, and no ${what} of stale-stats wrote it.`,
    hint: `Name another file with ${option}, or move this one away.`,
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the file system is read-only",
  EISDIR: "a folder has that name",
  ENOENT: "its folder is not there",
  ENOTDIR: "a file is in the way",
  EEXIST: "another program has just made it",
  ENOSPC: "the disk is full",
};

function asTrouble(error: unknown, file: string, { what, option }: Made): unknown {
  const reason = REASONS[codeOf(error)];
  if (reason === undefined) return error;
  return new WorkshopError({
    code: "environment",
    message: `The ${what} cannot be written to ${file}: ${reason}.`,
    hint: `Name another file with ${option}.`,
    cause: error,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
