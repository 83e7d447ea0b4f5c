/** Reads the accepted or rejected fixes of a scenario from their folders. Judges none of them. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { WorkshopError } from "../errors.ts";
import { readManifest } from "./fix-manifest.ts";
import type { Manifests } from "./fix-manifest.ts";
import { moduleFiles } from "./module-files.ts";
import { scenarioFolder } from "./scenario-folder.ts";

type FixKind = Exclude<keyof Manifests, "sample" | "strategy">;

/** `overlay` maps file names to text: the handlers that differ from the starter, and modules of its own. */
export interface Fix<Kind extends FixKind = FixKind> {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifests[Kind];
  readonly overlay: ReadonlyMap<string, string>;
}

type Place<Kind> = { root: string; slug: string; kind: Kind };

/**
 * In alphabetical order, but the reference comes first among the accepted. Throws a WorkshopError (`environment`)
 * when a manifest is invalid, a folder holds no module, or the accepted do not have exactly one reference.
 */
export async function loadFixes<Kind extends FixKind>(place: Place<Kind>): Promise<Fix<Kind>[]> {
  const folder = join(scenarioFolder(place), place.kind);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const fixes = await Promise.all(names.map((name) => loadFix({ kind: place.kind, folder: join(folder, name), name })));
  return place.kind === "accepted" ? referenceFirst(fixes, folder) : fixes;
}

/** One fix from its own folder; throws as above. */
export async function loadFix<Kind extends FixKind>(place: {
  kind: Kind;
  folder: string;
  name: string;
}): Promise<Fix<Kind>> {
  const file = join(place.folder, "fix.json");
  const text = await readFile(file, "utf8").catch(() => "");
  const manifest = readManifest({ kind: place.kind, file, text });
  const overlay = await moduleFiles(place.folder);
  if (overlay.size === 0)
    throw broken(`${place.folder} changes no file.`, "Put at least one handler file beside fix.json.");
  return { name: place.name, folder: place.folder, manifest, overlay };
}

function referenceFirst<Kind extends FixKind>(fixes: readonly Fix<Kind>[], folder: string): Fix<Kind>[] {
  const isReference = (fix: Fix<Kind>): boolean => "reference" in fix.manifest;
  const references = fixes.filter(isReference);
  if (references.length !== 1 && fixes.length > 0)
    throw broken(
      `${folder} has ${references.length} references, not one.`,
      'Mark exactly one fix.json with "reference": true.',
    );
  return [...references, ...fixes.filter((fix) => !isReference(fix))];
}

function broken(message: string, hint: string): WorkshopError {
  return new WorkshopError({ code: "environment", message, hint });
}
