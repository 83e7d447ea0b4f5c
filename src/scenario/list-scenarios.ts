/** Finds the scenarios under a package root by looking at folders; loads none of them. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { WorkshopError } from "../errors.ts";
import { builtScenario, scenarioSource } from "./scenario-folder.ts";

/** Slugs in alphabetical order. A folder counts when it holds a `scenario.ts` or was built. */
export async function listScenarios(root: string): Promise<string[]> {
  const names = await folderNames(root);
  const present = await Promise.all(names.map((slug) => holdsScenario({ root, slug })));
  return names.filter((_, position) => present[position] === true).sort();
}

async function folderNames(root: string): Promise<string[]> {
  const folder = join(root, "scenarios");
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (cause) {
    throw new WorkshopError({
      code: "environment",
      message: `The scenarios cannot be read: ${folder}`,
      hint: "Install stale-stats again: its scenarios folder is missing or not readable.",
      cause,
    });
  }
}

async function holdsScenario(place: { root: string; slug: string }): Promise<boolean> {
  const times = await Promise.all([changedAt(scenarioSource(place)), changedAt(builtScenario(place))]);
  return times.some((time) => time !== null);
}

/** Milliseconds since the epoch, or null when there is no such file. */
export async function changedAt(file: string): Promise<number | null> {
  try {
    const found = await stat(file);
    return found.isFile() ? found.mtimeMs : null;
  } catch {
    return null;
  }
}
