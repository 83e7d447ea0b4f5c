/**
 * Sample answers of an assistant, one folder `samples/level-N` each: `answer.md` as an assistant might have said it,
 * the files it would change, and `sample.json` with the verdict they must get. Judges none of them.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { WorkshopError } from "../errors.ts";
import type { SampleManifest } from "./fix-manifest.ts";
import { readManifest } from "./fix-manifest.ts";
import { parsePage, type Block } from "./markdown.ts";
import { moduleFiles } from "./module-files.ts";
import { scenarioFolder } from "./scenario-folder.ts";

export interface Sample {
  /** Of the prompt that it answers. */
  readonly level: number;
  readonly manifest: SampleManifest;
  /** What was said around the code. */
  readonly answer: readonly Block[];
  /** File name → text, of the files that differ from the starter; empty for an answer that changes none. */
  readonly overlay: ReadonlyMap<string, string>;
}

/** By level. Throws a WorkshopError (`environment`) for a folder with another name, or without a valid manifest or an answer. */
export async function loadSamples(place: { root: string; slug: string }): Promise<Sample[]> {
  const home = join(scenarioFolder(place), "samples");
  const entries = await readdir(home, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const samples = await Promise.all(names.map((name) => loadSample({ folder: join(home, name), name })));
  return samples.sort((one, other) => one.level - other.level);
}

/** One answer from its own folder; throws as above. */
export async function loadSample({ folder, name }: { folder: string; name: string }): Promise<Sample> {
  const level = /^level-(\d+)$/u.exec(name)?.[1];
  if (level === undefined)
    throw broken(`${folder} is no sample.`, "Name the folder level-N, after the prompt's level.");
  const file = join(folder, "sample.json");
  const manifest = readManifest({ kind: "sample", file, text: await readFile(file, "utf8").catch(() => "") });
  const page = await parsePage(await readFile(join(folder, "answer.md"), "utf8").catch(() => ""));
  if (page.blocks.length === 0) throw broken(`${folder} has no answer.`, "Write answer.md: what was said.");
  return { level: Number(level), manifest, answer: page.blocks, overlay: await moduleFiles(folder) };
}

function broken(message: string, hint: string): WorkshopError {
  return new WorkshopError({ code: "environment", message, hint });
}
