/**
 * What is missing or wrong in a scenario's folder, as far as that can be told without running anything. Takes a folder;
 * gives one problem for each part, so that an author sees all of them at once. Judges no handler.
 */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { WorkshopError } from "../errors.ts";
import { isClone } from "./create-scenario.ts";
import { loadFix, loadFixes } from "./load-fixes.ts";
import { loadGuide } from "./load-guide.ts";
import { loadPrompts } from "./load-prompts.ts";
import { loadSample } from "./load-samples.ts";
import { loadStrategies } from "./load-strategies.ts";
import { moduleFiles } from "./module-files.ts";
import { scenarioFolder, scenarioSource } from "./scenario-folder.ts";

export interface FolderProblem {
  /** A path in the scenario's folder, and what is wrong with it, on one line. */
  readonly text: string;
  /** What the author can do about it: an imperative, without a full stop. */
  readonly todo: string;
  /** Nothing of the scenario can be run before it is mended. */
  readonly stops: boolean;
}

interface Place {
  readonly root: string;
  readonly slug: string;
}

/** Empty when all is well, and for a folder that is not there. */
export async function folderProblems(place: Place): Promise<FolderProblem[]> {
  if (!existsSync(scenarioFolder(place))) return [];
  const found = await Promise.all([
    definitionProblems(place),
    starterProblems(place),
    fixProblems(place, "accepted"),
    fixProblems(place, "rejected"),
    sampleProblems(place),
    tried({ where: "strategies", load: () => loadStrategies(place) }, place),
    pageProblems(place),
  ]);
  return found.flat();
}

/** An installed package has the built module only. */
async function definitionProblems(place: Place): Promise<FolderProblem[]> {
  if (existsSync(scenarioSource(place)) || !isClone(place.root)) return [];
  const todo = "write it: it exports `scenario`, made with defineScenario, which says what the lesson is";
  return [{ text: "scenario.ts: is missing", todo, stops: true }];
}

async function starterProblems(place: Place): Promise<FolderProblem[]> {
  const files = await moduleFiles(join(scenarioFolder(place), "starter")).catch(() => new Map<string, string>());
  if (files.size > 0) return [];
  const todo = "put the handlers there as participants get them, one .ts file for each `file` of the routes";
  return [{ text: "starter: there is no handler in it", todo, stops: true }];
}

async function fixProblems(place: Place, kind: "accepted" | "rejected"): Promise<FolderProblem[]> {
  const names = await folderNames(join(scenarioFolder(place), kind));
  if (names.length === 0) return [noFix(kind)];
  const each = await Promise.all(
    names.map(async (name) => {
      const folder = join(scenarioFolder(place), kind, name);
      return await tried({ where: `${kind}/${name}`, load: () => loadFix({ kind, folder, name }) }, place);
    }),
  );
  const broken = each.flat();
  // Which of them is the reference can be asked when each can be read.
  return broken.length > 0 ? broken : await tried({ where: kind, load: () => loadFixes({ ...place, kind }) }, place);
}

function noFix(kind: "accepted" | "rejected"): FolderProblem {
  return kind === "accepted"
    ? {
        text: "accepted: there is no fix in it",
        todo: 'add a folder with fix.json and the files that differ from the starter, with "reference": true',
        stops: true,
      }
    : {
        text: "rejected: there is no fix in it",
        todo: "add wrong fixes, <cause>-<what>/ with fix.json and the files that differ from the starter",
        stops: true,
      };
}

/** Which levels must be answered is for whoever has read the prompts. */
async function sampleProblems(place: Place): Promise<FolderProblem[]> {
  const home = join(scenarioFolder(place), "samples");
  const names = await folderNames(home);
  const each = names.map((name) =>
    tried({ where: `samples/${name}`, load: () => loadSample({ folder: join(home, name), name }) }, place),
  );
  return (await Promise.all(each)).flat();
}

const PAGES: Readonly<Record<string, { readonly todo: string; read?: (place: Place) => Promise<unknown> }>> = {
  "README.md": { todo: "say in it what the lesson teaches, and where its parts are, for whoever changes it" },
  "guide.md": { todo: 'write the speaker\'s notes: "## Step 1: title (2 min)" and so on', read: loadGuide },
  "hints.md": { todo: 'write "## <cause>" for every cause, and below it a "### <rung>" for every rung' },
  "prompts.md": {
    todo: 'write "## Before each prompt" with a checklist, then "## Level 0: title" and so on',
    read: loadPrompts,
  },
};

async function pageProblems(place: Place): Promise<FolderProblem[]> {
  const each = await Promise.all(
    Object.entries(PAGES).map(async ([page, { todo, read }]) => {
      if (!existsSync(join(scenarioFolder(place), page))) return [{ text: `${page}: is missing`, todo, stops: false }];
      return read === undefined ? [] : await tried({ where: page, load: () => read(place) }, place);
    }),
  );
  return each.flat();
}

/** A part that cannot be read has said why; paths in it are as the author sees them. */
async function tried(
  { where, load }: { where: string; load: () => Promise<unknown> },
  place: Place,
): Promise<FolderProblem[]> {
  try {
    await load();
    return [];
  } catch (error) {
    if (!(error instanceof WorkshopError)) throw error;
    const message = error.message.replaceAll(join(scenarioFolder(place), "/"), "").replace(/\.$/u, "");
    const text = message.startsWith(where) ? message : `${where}: ${message}`;
    return [{ text, todo: lowerCase(error.hint).replace(/\.$/u, ""), stops: true }];
  }
}

function lowerCase(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

async function folderNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
