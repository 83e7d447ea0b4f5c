/** Puts a report's page where it was asked for. Replaces only what an earlier report wrote. */
import { open, rename, rm, writeFile } from "node:fs/promises";
import { WorkshopError } from "../errors.ts";
import { workshopReport } from "../report/index.ts";

/** `file` is absolute. A reader of the old page never sees half of the new one. */
export async function writeReportFile(file: string, page: string): Promise<void> {
  try {
    const head = await firstPart(file);
    if (head === null) return await writeFile(file, page, { flag: "wx" });
    if (!workshopReport.isPage(head)) throw somebodyElses(file);
    return await replace(file, page);
  } catch (error) {
    throw asTrouble(error, file);
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

async function replace(file: string, page: string): Promise<void> {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(beside, page, { flag: "wx" });
    await rename(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
}

function somebodyElses(file: string): WorkshopError {
  return new WorkshopError({
    code: "environment",
    message: `${file} is there already, and no report of stale-stats wrote it.`,
    hint: "Name another file with --out, or move this one away.",
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

function asTrouble(error: unknown, file: string): unknown {
  const reason = REASONS[codeOf(error)];
  if (reason === undefined) return error;
  return new WorkshopError({
    code: "environment",
    message: `The report cannot be written to ${file}: ${reason}.`,
    hint: "Name another file with --out.",
    cause: error,
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
