/** The working copy at one moment: its files, or why there is nothing to check. Both can be compared with a later look. */
import { existsSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { WorkshopError } from "../errors.ts";
import type { Scenario } from "../vocabulary.ts";
import { readWorkingCopy, workingCopyFolder } from "../workspace/index.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";

export type Look = (
  | { readonly kind: "files"; readonly files: ReadonlyMap<string, string> }
  | { readonly kind: "trouble"; readonly error: WorkshopError }
) & {
  /** Equal for looks that found the same. */
  readonly print: string;
};

export async function lookAtCopy(scenario: Pick<Scenario, "slug" | "routes">, io: Pick<Io, "cwd">): Promise<Look> {
  const place = { home: join(io.cwd, "workshop"), slug: scenario.slug };
  try {
    const files = await readWorkingCopy({ ...place, scenario });
    return { kind: "files", files, print: printOf(files) };
  } catch (error) {
    const trouble = existsSync(workingCopyFolder(place)) ? asTrouble(error, io) : gone(place, io);
    return { kind: "trouble", error: trouble, print: trouble.message };
  }
}

export function printOf(files: ReadonlyMap<string, string>): string {
  return JSON.stringify([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function gone(place: { home: string; slug: string }, io: Pick<Io, "cwd">): WorkshopError {
  return new WorkshopError({
    code: "environment",
    message: `${relative(io.cwd, workingCopyFolder(place))} is gone.`,
    hint: `Put it back, or run: ${commandLine(["setup-test-data", place.slug])}. This goes on by itself.`,
  });
}

/** What the disk refuses now it may give in a moment: on some systems a file cannot be read while it is being saved. */
function asTrouble(error: unknown, io: Pick<Io, "cwd">): WorkshopError {
  if (error instanceof WorkshopError) {
    const { code, hint } = error;
    return new WorkshopError({ code, message: error.message.replaceAll(`${io.cwd}${sep}`, ""), hint });
  }
  if (!(error instanceof Error && "syscall" in error)) throw error;
  return new WorkshopError({
    code: "environment",
    message: `The handlers cannot be read: ${error.message}.`,
    hint: "Allow reading them. This goes on by itself.",
  });
}
