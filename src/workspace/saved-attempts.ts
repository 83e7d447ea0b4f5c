/**
 * Candidates for a fix that a participant keeps beside the working copy, each under a name: a folder with the files as
 * they were, and who wrote them at which level of the prompts. Checks none of them.
 */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Place } from "./layout.ts";
import { attemptsFolder } from "./layout.ts";
import { asWriteTrouble, attemptExists, errorCode, unknownAttempt, unusableName } from "./trouble.ts";
import type { Files } from "./working-copy.ts";
import { readModules } from "./working-copy.ts";

export interface SavedAttempt {
  readonly name: string;
  /** ISO time at which it was saved; this and the next two are null when not given, or no longer readable. */
  readonly at: string | null;
  /** Of the prompt that led to it. */
  readonly level: number | null;
  /** The assistant that wrote it, in the participant's words. */
  readonly assistant: string | null;
  readonly files: Files;
}

/** What is kept beside the files. */
type Facts = Pick<SavedAttempt, "at" | "level" | "assistant">;

export interface SaveOptions extends Place, Facts {
  readonly name: string;
  readonly files: Files;
  /** ISO time. */
  readonly at: string;
  /** Replace one of the same name, which is kept under that name with a number. */
  readonly force: boolean;
}

export interface SavedAs {
  readonly folder: string;
  /** What the replaced attempt is called now; null when there was none. */
  readonly replaced: string | null;
}

/** Throws a WorkshopError: `usage` for a name that is no file name everywhere, is taken, or is unknown; else `environment`. */
export const attempts: {
  save(options: SaveOptions): Promise<SavedAs>;
  /** In the order in which they were saved, without those that were replaced. */
  list(place: Place): Promise<SavedAttempt[]>;
  /** Also one that was replaced, by its name with a number. */
  read(place: Place & { name: string }): Promise<SavedAttempt>;
} = { save, list, read };

/** Letters, digits, hyphens and underscores: a name on every file system, and on every command line without quotes. */
const NAME = /^[a-z0-9][a-z0-9_-]{0,39}$/iu;
/** Not a name that anybody can give: out of the way of every list, and of undo, which is about the working copy. */
const REPLACED = /^[a-z0-9][a-z0-9_-]*\.\d+$/iu;
/** Windows opens a device instead. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu;

async function save(options: SaveOptions): Promise<SavedAs> {
  const { name, files, force, ...rest } = options;
  if (!NAME.test(name) || DEVICE.test(name)) throw unusableName(name);
  const home = attemptsFolder(options);
  const taken = await takenName(options, name);
  if (taken !== undefined && !force) throw attemptExists(taken);
  try {
    const unfinished = join(home, `${name}.new`);
    await rm(unfinished, { recursive: true, force: true });
    await writeAttempt(unfinished, files, { at: rest.at, level: rest.level, assistant: rest.assistant });
    const replaced = taken === undefined ? null : await moveAside(home, taken);
    await rename(unfinished, join(home, name));
    return { folder: join(home, name), replaced };
  } catch (error) {
    throw asWriteTrouble(error, home);
  }
}

async function list(place: Place): Promise<SavedAttempt[]> {
  const names = await savedNames(place);
  const saved = await Promise.all(names.map((name) => load({ ...place, name })));
  return saved.sort((one, other) => order(one).localeCompare(order(other), "en"));
}

async function read(place: Place & { name: string }): Promise<SavedAttempt> {
  const name = REPLACED.test(place.name) ? await replacedName(place) : await takenName(place, place.name);
  if (name === undefined) throw unknownAttempt(place.name, await savedNames(place));
  return load({ ...place, name });
}

function filesFolder(place: Place & { name: string }): string {
  return join(attemptsFolder(place), place.name, "files");
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

function order({ at, name }: SavedAttempt): string {
  return `${at ?? ""} ${name}`;
}

async function moveAside(home: string, name: string): Promise<string> {
  const numbers = (await readdir(home))
    .filter((each) => each.startsWith(`${name}.`))
    .map((each) => Number(each.slice(name.length + 1)));
  const aside = `${name}.${1 + Math.max(0, ...numbers.filter(Number.isInteger))}`;
  await rename(join(home, name), join(home, aside));
  return aside;
}

async function replacedName(place: Place & { name: string }): Promise<string | undefined> {
  return (await isFolder(filesFolder(place))) ? place.name : undefined;
}

async function writeAttempt(folder: string, files: Files, facts: Facts): Promise<void> {
  for (const [name, text] of files) {
    const file = join(folder, "files", name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  await writeFile(join(folder, "attempt.json"), `${JSON.stringify(facts, null, 2)}\n`);
}

async function load(place: Place & { name: string }): Promise<SavedAttempt> {
  const facts = await readFile(join(attemptsFolder(place), place.name, "attempt.json"), "utf8").catch(() => "");
  return { name: place.name, ...readFacts(facts), files: await readModules(filesFolder(place), place.slug) };
}

/** The files are what counts: a damaged note beside them costs what it said, and nothing else. */
function readFacts(text: string): Facts {
  const { at, level, assistant } = parse(text);
  return {
    at: typeof at === "string" ? at : null,
    level: typeof level === "number" ? level : null,
    assistant: typeof assistant === "string" ? assistant : null,
  };
}

function parse(text: string): Partial<Record<keyof Facts, unknown>> {
  try {
    return Object(JSON.parse(text)) as Partial<Record<keyof Facts, unknown>>;
  } catch {
    return {};
  }
}

/** Some file systems tell `A` from `a` and some do not; a folder may move from one to the other. */
async function takenName(place: Place, name: string): Promise<string | undefined> {
  const names = await savedNames(place);
  return names.find((each) => each.toLowerCase() === name.toLowerCase());
}

async function savedNames(place: Place): Promise<string[]> {
  try {
    const names = (await readdir(attemptsFolder(place))).filter((name) => NAME.test(name));
    const whole = await Promise.all(names.map(async (name) => isFolder(filesFolder({ ...place, name }))));
    return names.filter((_, position) => whole[position]);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw asWriteTrouble(error, attemptsFolder(place));
  }
}
