/** The flagship's reference fix, complete: the starter with what the fix changes. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fixFiles, loadFixes, starterFiles } from "../src/scenario/index.ts";

export const root: string = join(import.meta.dirname, "..");
export const slug = "stale-statistics";

/** File name → text. */
export async function referenceFix(): Promise<ReadonlyMap<string, string>> {
  const [reference] = await loadFixes({ root, slug, kind: "accepted" });
  if (reference === undefined) throw new Error(`${slug} has no accepted fix.`);
  return await fixFiles({ root, slug, fix: reference });
}

/** Fixes that fail, complete, of one changed file: what a person saves who is on the way. */
export async function wrongFixes(): Promise<readonly ReadonlyMap<string, string>[]> {
  const starter = await starterFiles({ root, slug });
  const fixes = await loadFixes({ root, slug, kind: "rejected" });
  const failing = fixes.filter(({ manifest }) => manifest.verdict === "fail" && manifest.stars !== 3);
  const complete = await Promise.all(failing.map((fix) => fixFiles({ root, slug, fix })));
  const changed = complete.map((files) => new Map([...files].filter(([name, text]) => starter.get(name) !== text)));
  return changed.filter((files) => files.size === 1 && files.has("downloads.ts"));
}

export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
