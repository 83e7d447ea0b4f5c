/** Reads the TypeScript modules of one folder into memory. Not recursive: handlers and their helpers lie flat. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** File name → text, in alphabetical order. Rejects when the folder cannot be read. */
export async function moduleFiles(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".ts")).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return new Map(names.map((name, position) => [name, texts[position] ?? ""]));
}
