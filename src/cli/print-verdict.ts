/** Shows a verdict: as one JSON object, or as text with the story's words and the scenario's first hint for its cause. */
import { isAbsolute, relative, resolve, sep } from "node:path";
import { renderVerdict, verdictJson } from "../report/index.ts";
import { hints } from "../scenario/index.ts";
import type { Scenario, Verdict } from "../vocabulary.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { keyFor } from "./next-step.ts";

export interface Shown {
  readonly verdict: Verdict;
  readonly scenario: Scenario;
  readonly files: ReadonlyMap<string, string>;
  readonly json: boolean;
  readonly full: boolean;
  /** One recorded story was played instead of a check. */
  readonly replayed: boolean;
  /** A folder that was checked instead of the working copy. */
  readonly handlers: string | undefined;
  /** A saved attempt that was checked instead. */
  readonly attempt?: string | undefined;
  readonly io: Io;
}

export async function printVerdict(shown: Shown): Promise<void> {
  const { verdict, io } = shown;
  io.out(shown.json ? verdictJson(verdict) : await verdictText(shown));
}

/** `brief`: about twenty lines, for between two saves. */
export async function verdictText(shown: Omit<Shown, "json"> & { readonly brief?: boolean }): Promise<string> {
  const { verdict, scenario, io, brief = false } = shown;
  const { cause, success } = verdict;
  const rungs = cause === null || brief ? [] : await hints.load({ root: io.root, slug: scenario.slug, cause });
  const asks = Object.fromEntries((scenario.properties ?? []).map((property) => [property.id, property.asks]));
  return renderVerdict(verdict, {
    color: io.color,
    emoji: io.emoji,
    width: io.width,
    success: success === null ? [] : scenario.story.success(success),
    hint: rungs[0]?.text ?? null,
    moreHints: shown.handlers === undefined && shown.attempt === undefined, // it knows the working copy only
    full: shown.full,
    replayed: shown.replayed,
    command: (args) => {
      const command = commandLine(args[0] === "test-your-fix" ? [...args, ...sameCheck(shown)] : args);
      return keyFor(command, io.keys) ?? command;
    },
    sources: shown.files,
    asks,
    brief,
  });
}

/** A way up and down again is hard to read and breaks when it is typed elsewhere: then the whole path, as it was given. */
function fromHere(cwd: string, folder: string): string {
  const path = relative(cwd, resolve(cwd, folder));
  if (path === "") return ".";
  const leadsOut = path.split(sep)[0] === ".." || isAbsolute(path); // absolute: another drive of Windows
  if (!leadsOut) return path;
  return isAbsolute(folder) ? folder : resolve(cwd, folder);
}

/** Asking again means asking the same: of these handlers, and as much of them. */
function sameCheck({ verdict, scenario, handlers, attempt, io }: Omit<Shown, "json">): string[] {
  const { requiredStars: stars } = verdict;
  return [
    ...(handlers === undefined ? [] : ["--handlers", fromHere(io.cwd, handlers)]),
    ...(attempt === undefined ? [] : ["--attempt", attempt]),
    ...(stars === scenario.requiredStars ? [] : ["--stars", String(stars)]),
  ];
}
