/** Finds the line of a handler in a stack trace. Handlers lie in folders `a` and `b` below one throwaway folder. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Location } from "../vocabulary.ts";

export type Locate = (stack: string | undefined) => Location | null;

/** `folder`: absolute path of the throwaway folder that holds both copies. */
export function createLocate(folder: string): Locate {
  const prefixes = [pathToFileURL(folder).href, folder].map((text) =>
    text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`),
  );
  const frame = new RegExp(
    `(?:${prefixes.join("|")})[/\\\\][ab][/\\\\]([^:?\\s)]+)(?:\\?[^:\\s)]*)?:(\\d+)(?::(\\d+))?`,
    "u",
  );
  const lineOf = createLineReader(folder);
  return (stack) => {
    const match = frame.exec(stack ?? "");
    const file = match?.[1];
    if (match === null || file === undefined) return null;
    const [path, line] = [decodeURI(file), Number(match[2])];
    const column = columnOfCall(lineOf(path, line), Number(match[3] ?? 1));
    return { file: path.replaceAll("\\", "/"), line, column };
  };
}

/**
 * V8 places the call of a method at its name, but at the parenthesis behind it where the name is a reserved word, as
 * `delete` is: the caret would stand before the argument.
 */
export function columnOfCall(line: string, column: number): number {
  const name = /\.\s*\w+\s*$/u.exec(line.slice(0, column - 1))?.[0];
  if (line[column - 1] !== "(" || name === undefined) return column;
  return column - name.replace(/^\.\s*/u, "").length;
}

/** Lines of the copy that runs: its columns are those of the original. */
function createLineReader(folder: string): (file: string, line: number) => string {
  const texts = new Map<string, readonly string[]>();
  return (file, line) => {
    const lines = texts.get(file) ?? readLines(join(folder, "a", file));
    texts.set(file, lines);
    return lines[line - 1] ?? "";
  };
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return []; // Removed already: the place is told as it came.
  }
}
