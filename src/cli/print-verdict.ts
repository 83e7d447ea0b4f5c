/** Shows a verdict: as one JSON object, or as text with the story's words and the scenario's first hint for its cause. */
import { relative } from "node:path";
import { renderVerdict, verdictJson } from "../report/index.ts";
import { hints } from "../scenario/index.ts";
import type { Scenario, Verdict } from "../vocabulary.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";

export interface Shown {
  readonly verdict: Verdict;
  readonly scenario: Scenario;
  readonly files: ReadonlyMap<string, string>;
  readonly json: boolean;
  readonly full: boolean;
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
    full: shown.full,
    command: (args) => commandLine(args[0] === "test-your-fix" ? [...args, ...sameCheck(shown)] : args),
    sources: shown.files,
    asks,
    brief,
  });
}

/** Asking again means asking the same: of these handlers, and as much of them. */
function sameCheck({ verdict, scenario, handlers, attempt, io }: Omit<Shown, "json">): string[] {
  const { requiredStars: stars } = verdict;
  return [
    ...(handlers === undefined ? [] : ["--handlers", relative(io.cwd, handlers) || "."]),
    ...(attempt === undefined ? [] : ["--attempt", attempt]),
    ...(stars === scenario.requiredStars ? [] : ["--stars", String(stars)]),
  ];
}
