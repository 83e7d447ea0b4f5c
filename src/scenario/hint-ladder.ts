/**
 * Hint ladders: a scenario's own, and those that all share because the cause has nothing to do with one service. Takes
 * `hints.md`: a section `## <cause>` for each cause, its rungs as `### <rung>` from the gentlest to the solution. Must
 * not know what any of them says.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Cause } from "../vocabulary.ts";
import { markdownOf, parsePage } from "./markdown.ts";
import { scenarioFolder } from "./scenario-folder.ts";

/** In the order in which they are shown. */
export const RUNG_NAMES = ["question", "pointer", "mechanism", "sketch", "solution"] as const;

export interface HintRung {
  readonly name: string;
  /** Without line breaks; code stands in backticks. */
  readonly text: string;
}

export interface HintLadder {
  readonly cause: string;
  readonly rungs: readonly HintRung[];
}

/** As written, right or wrong; empty without a `hints.md`. What stands before the first section belongs to none. */
export async function loadLadders(place: { root: string; slug: string }): Promise<HintLadder[]> {
  return await laddersOf(scenarioFolder(place));
}

export async function loadSharedLadders({ root }: { root: string }): Promise<HintLadder[]> {
  return await laddersOf(join(root, "templates"));
}

async function laddersOf(folder: string): Promise<HintLadder[]> {
  const page = await parsePage(await readFile(join(folder, "hints.md"), "utf8").catch(() => ""));
  return page.sections.map(({ title, sections }) => ({
    cause: title,
    rungs: sections.map((rung) => ({ name: rung.title, text: markdownOf(rung.blocks) })),
  }));
}

/** The rungs for one cause, the gentlest first: the scenario's, else those that all share, else none. */
export async function loadRungs(place: { root: string; slug: string; cause: Cause }): Promise<readonly HintRung[]> {
  const ladders = [...(await loadLadders(place)), ...(await loadSharedLadders(place))];
  const rungs = ladders.find(({ cause }) => cause === place.cause)?.rungs ?? [];
  return rungs.filter(({ text }) => text !== "");
}
