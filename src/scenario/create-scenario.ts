/**
 * Puts a complete small scenario in place, for an author to change piece by piece. Takes the template that lies in the
 * package and a slug; writes one new folder and never into one that is there.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { WorkshopError } from "../errors.ts";
import { isSlug } from "./define-scenario.ts";
import { scenarioFolder } from "./scenario-folder.ts";

/** What the template says of itself wherever the new scenario's name belongs. */
const NAMES = { slug: "your-scenario", title: "Your scenario" } as const;
const LONGEST_SLUG = 40;
/** No file of this name can be made on Windows. */
const DEVICE = /^(?:aux|con|nul|prn|com\d|lpt\d)$/u;

interface Place {
  readonly root: string;
  readonly slug: string;
}

/**
 * The files that were written, relative to the new folder, in alphabetical order. Throws a usage error for a slug that
 * will not do, and an environment error where there is no source to write scenarios with, or no disk.
 */
export async function createScenario(place: Place): Promise<string[]> {
  requireClone(place);
  requireSlug(place.slug);
  await requireUnused(place);
  const files = await templateFiles(place);
  const folder = scenarioFolder(place);
  await makeFolder(folder);
  try {
    for (const [name, text] of files) await write(join(folder, name), text);
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    throw new WorkshopError({
      code: "environment",
      message: `The new scenario cannot be written to ${folder}: ${wordsOf(cause)}`,
      hint: "Make room, or ask for the permission, and try again; nothing was left behind.",
      cause,
    });
  }
  return [...files.keys()];
}

/** The source of the room is in a clone and in no installed package. */
export function isClone(root: string): boolean {
  return existsSync(join(root, "src", "scenario", "index.ts"));
}

function requireClone({ root, slug }: Place): void {
  if (isClone(root)) return;
  throw new WorkshopError({
    code: "environment",
    message: `Scenarios are written in a clone of the repository, and this is an installed package: ${root}`,
    hint: `Clone the repository, run npm ci in it, and there: npx stale-stats new scenario ${slug}`,
  });
}

function requireSlug(slug: string): void {
  if (!isSlug(slug) || slug.length > LONGEST_SLUG || DEVICE.test(slug))
    throw refused(
      `"${slug}" cannot name a scenario.`,
      `Take lower-case words joined by hyphens, at most ${LONGEST_SLUG} characters, such as late-news.`,
    );
}

/** Neither by a folder, whatever is in it, nor by the program, which may name no scenario. */
async function requireUnused(place: Place): Promise<void> {
  const folder = join("scenarios", place.slug);
  if (existsSync(join(place.root, folder)))
    throw refused(`There is already something at ${folder}.`, "Take another slug, or remove that folder first.");
  const source = await sourceThatSays(place);
  if (source !== null)
    throw refused(
      `"${place.slug}" is a word of the program: ${source} uses it, and no part of it may name a scenario.`,
      "Take a slug of two words or more, such as late-news.",
    );
}

/** A lesson may be named after the cause that it is about: the causes are words of the vocabulary. */
async function sourceThatSays({ root, slug }: Place): Promise<string | null> {
  const says = async (file: string): Promise<boolean> => (await readFile(file, "utf8")).includes(`"${slug}"`);
  const vocabulary = join(root, "src", "vocabulary.ts");
  if (existsSync(vocabulary) && (await says(vocabulary))) return null;
  for (const file of await filesUnder(join(root, "src")))
    if (/(?<!\.test|\.test-support)\.ts$/u.test(file) && (await says(file))) return relative(root, file);
  return null;
}

async function templateFiles({ root, slug }: Place): Promise<Map<string, string>> {
  const home = join(root, "templates", "scenario");
  const title = `${slug.charAt(0).toUpperCase()}${slug.slice(1).replaceAll("-", " ")}`;
  const files = new Map<string, string>();
  for (const file of await filesUnder(home)) {
    const text = await readFile(file, "utf8");
    files.set(relative(home, file), text.replaceAll(NAMES.slug, slug).replaceAll(NAMES.title, title));
  }
  return files;
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.sort((one, other) => (one.split(sep).join("/") < other.split(sep).join("/") ? -1 : 1));
}

/** Made here and by nobody else in the meantime. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(dirname(folder), { recursive: true });
    await mkdir(folder);
  } catch (cause) {
    throw new WorkshopError({
      code: "environment",
      message: `The folder cannot be made: ${folder} (${wordsOf(cause)})`,
      hint: "See that scenarios/ is a folder that you may write to, and try again.",
      cause,
    });
  }
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: "wx" });
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function refused(message: string, hint: string): WorkshopError {
  return new WorkshopError({ code: "usage", message, hint });
}
