/**
 * The participant's own files: written once, read often, never overwritten unasked. Takes texts, gives texts;
 * does not know which of them are right.
 */
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { Scenario } from "../vocabulary.ts";
import type { Place } from "./layout.ts";
import { workingCopyFolder } from "./layout.ts";
import { errorCode, notSetUp, unusableHandler } from "./trouble.ts";

/** File name, relative to the working copy and with forward slashes → text. */
export type Files = ReadonlyMap<string, string>;

const MODULE = /\.(?:m?[jt]s|json)$/;
/** Ours, and read by editors only. */
const NOT_A_MODULE = new Set(["tsconfig.json"]);

/** Names of the files by what happened to them; `kept` are those that differ from what would have been written. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly kept: readonly string[];
}

/** Each file appears whole or not at all. Existing ones stay as they are unless `overwrite` says otherwise. */
export async function writeFiles(options: { folder: string; files: Files; overwrite: boolean }): Promise<WriteResult> {
  const written: string[] = [];
  const kept: string[] = [];
  for (const [name, text] of options.files) {
    const file = join(options.folder, name);
    const present = await readIfThere(file);
    if (present === text) continue;
    if (present !== undefined && !options.overwrite) kept.push(name);
    else written.push(await writeWhole(file, text).then(() => name));
  }
  return { written, kept };
}

/**
 * Every module of the working copy, subfolders included; dot folders and node_modules are not. Throws when the folder
 * is not set up, or when a file that a route needs is missing, empty or something else.
 */
export async function readWorkingCopy(
  options: Place & { scenario: Pick<Scenario, "routes"> },
): Promise<Map<string, string>> {
  const folder = workingCopyFolder(options);
  const files = await readModules(folder, options.slug);
  for (const { file } of options.scenario.routes) {
    const text = files.get(file);
    if (text === undefined) throw unusableHandler(join(folder, file), options.slug, await faultOf(join(folder, file)));
    if (text.trim() === "") throw unusableHandler(join(folder, file), options.slug, "empty");
  }
  return files;
}

/** Those of `files` that are there with another text: what an overwrite would lose. */
export async function filesThatDiffer(folder: string, files: Files): Promise<Map<string, string>> {
  const differing = new Map<string, string>();
  for (const [name, text] of files) {
    const present = await readIfThere(join(folder, name));
    if (present !== undefined && present !== text) differing.set(name, present);
  }
  return differing;
}

/** Every module that is there, whatever state it is in. Throws when the folder is not. */
export async function readModules(folder: string, slug: string): Promise<Map<string, string>> {
  try {
    const names = (await moduleNames(folder)).sort();
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
    return new Map(names.map((name, position) => [name.split(sep).join("/"), texts[position] ?? ""]));
  } catch (error) {
    throw ["ENOENT", "ENOTDIR"].includes(errorCode(error)) ? notSetUp(slug) : error;
  }
}

async function moduleNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const own = entries.filter(({ name }) => !name.startsWith(".") && name !== "node_modules");
  const files = own.filter((entry) => entry.isFile() && MODULE.test(entry.name) && !NOT_A_MODULE.has(entry.name));
  const folders = own.filter((entry) => entry.isDirectory());
  const inner = await Promise.all(
    folders.map(async ({ name }) => (await moduleNames(join(folder, name))).map((file) => join(name, file))),
  );
  return [...files.map(({ name }) => name), ...inner.flat()];
}

async function faultOf(file: string): Promise<"missing" | "not a file"> {
  return (await stat(file).catch(() => undefined)) === undefined ? "missing" : "not a file";
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = join(dirname(file), `.${file.slice(dirname(file).length + 1)}.new`);
  await writeFile(temporary, text);
  await rename(temporary, file);
}
