/**
 * Where in the participant's files something was thrown. Takes the thrown value and the folder it was loaded from,
 * gives file, line and column relative to that folder. Reads stacks only, never source text.
 */
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Location } from "../../vocabulary.ts";

const FRAME = /(file:\/\/[^\s()]+):(\d+):(\d+)\)?$/u;
/** How Node words the place of a syntax error: a line of its own before everything else. */
const SYNTAX_PLACE = /^(file:\/\/\S+|\/\S+|[A-Za-z]:\\\S+):(\d+)$/u;

/** null: nothing in the stack lies in `folder`. */
export function locate(thrown: unknown, folder: string): Location | null {
  if (!(thrown instanceof Error) || typeof thrown.stack !== "string") return null;
  return locateInText(thrown.stack, folder);
}

/** The same for a stack, or a syntax check's output, that comes as text. */
export function locateInText(text: string, folder: string): Location | null {
  const lines = text.split("\n");
  return syntaxPlace(lines, folder) ?? firstFrame(lines, folder);
}

function syntaxPlace(lines: readonly string[], folder: string): Location | null {
  const [, place, line] = SYNTAX_PLACE.exec(lines[0] ?? "") ?? [];
  if (place === undefined) return null;
  const caret = lines.slice(1, 4).find((text) => /^\s*\^+\s*$/u.test(text));
  return within(folder, { place, line: Number(line), column: (caret?.indexOf("^") ?? 0) + 1 });
}

function firstFrame(lines: readonly string[], folder: string): Location | null {
  for (const text of lines) {
    const [, place, line, column] = FRAME.exec(text.trim()) ?? [];
    const found = place === undefined ? null : within(folder, { place, line: Number(line), column: Number(column) });
    if (found !== null) return found;
  }
  return null;
}

function within(folder: string, found: { place: string; line: number; column: number }): Location | null {
  const path = found.place.startsWith("file:") ? fileURLToPath(found.place.replace(/\?.*$/u, "")) : found.place;
  const file = relative(folder, path);
  if (file === "" || file.startsWith("..") || file.startsWith(sep) || /^[A-Za-z]:/u.test(file)) return null;
  return { file: file.split(sep).join("/"), line: found.line, column: found.column };
}
