/** What a working copy holds before and after a fix: file name → text. Reads the scenario's folder, writes nothing. */
import { join } from "node:path";
import type { Fix } from "./load-fixes.ts";
import { moduleFiles } from "./module-files.ts";
import { scenarioFolder } from "./scenario-folder.ts";

/** The handlers as a participant gets them; with `lab`, overlaid with those for showing how the service works. */
export async function starterFiles(place: { root: string; slug: string; lab?: boolean }): Promise<Map<string, string>> {
  const starter = await moduleFiles(join(scenarioFolder(place), "starter"));
  if (place.lab !== true) return starter;
  return new Map([...starter, ...(await moduleFiles(join(scenarioFolder(place), "lab")))]);
}

/** The starter overlaid with the fix: what to check, and what to compare a working copy with. */
export async function fixFiles(place: {
  root: string;
  slug: string;
  fix: Pick<Fix, "overlay">;
}): Promise<Map<string, string>> {
  return new Map([...(await starterFiles(place)), ...place.fix.overlay]);
}
