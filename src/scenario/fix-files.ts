/** What a working copy holds before and after a fix: file name → text. Reads the scenario's folder, writes nothing. */
import { join } from "node:path";
import type { Fix } from "./load-fixes.ts";
import { moduleFiles } from "./module-files.ts";
import { scenarioFolder } from "./scenario-folder.ts";

/** The handlers as a participant gets them. */
export async function starterFiles(place: { root: string; slug: string }): Promise<Map<string, string>> {
  return moduleFiles(join(scenarioFolder(place), "starter"));
}

/** Handlers for showing how the service works rather than for mending it; null: the scenario has none. */
export async function labFiles(place: { root: string; slug: string }): Promise<Map<string, string> | null> {
  const overlay = await moduleFiles(join(scenarioFolder(place), "lab")).catch(() => null);
  return overlay === null ? null : await fixFiles({ ...place, fix: { overlay } });
}

/** The starter overlaid with the fix: what to check, and what to compare a working copy with. */
export async function fixFiles(place: {
  root: string;
  slug: string;
  fix: Pick<Fix, "overlay">;
}): Promise<Map<string, string>> {
  return new Map([...(await starterFiles(place)), ...place.fix.overlay]);
}
