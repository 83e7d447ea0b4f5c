/** The flagship's reference fix, complete: the starter with what the fix changes. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fixFiles, loadFixes } from "../src/scenario/index.ts";

export const root: string = join(import.meta.dirname, "..");
export const slug = "stale-statistics";

/** File name → text. */
export async function referenceFix(): Promise<ReadonlyMap<string, string>> {
  const [reference] = await loadFixes({ root, slug, kind: "accepted" });
  if (reference === undefined) throw new Error(`${slug} has no accepted fix.`);
  return await fixFiles({ root, slug, fix: reference });
}

export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
