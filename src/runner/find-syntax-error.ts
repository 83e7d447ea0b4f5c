/**
 * The place of a syntax error that V8 found while compiling a module: it keeps the place to itself there, but tells it
 * for a script. Takes the folder of one instance and the message; runs nothing.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import type { Location } from "../vocabulary.ts";
import { locateSyntaxError } from "./prepare-handlers.ts";

/** null when no file shows the same error as a script: a clash with an import, for one. */
export function findSyntaxError(folder: string, message: string): Location | null {
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/\.m?[jt]s$/u.test(file)) continue;
    const error = compile(readFileSync(join(folder, file), "utf8"));
    if (error?.message === message) return locateSyntaxError(file.replaceAll("\\", "/"), error);
  }
  return null;
}

function compile(module: string): SyntaxError | null {
  try {
    // In a function, because modules may await; the line that opens it does not count.
    void new Script(`"use strict"; (async () => {\n${blankModuleSyntax(module)}\n})`, { lineOffset: -1 });
    return null;
  } catch (error) {
    return error instanceof SyntaxError ? error : null;
  }
}

const MODULE_SYNTAX = [
  /^import\b(?!\s*[.(])[^;]*?(?:from\s*)?["'][^"']*["'];?/gmu,
  /^export\s*(?:\{[^}]*\}|\*)[^;\n]*;?/gmu,
  /^export\s+(?:default\s+)?(?=(?:async|function|const|let|var|class)\b)/gmu,
];

/** Every character keeps its line and column. */
function blankModuleSyntax(module: string): string {
  return MODULE_SYNTAX.reduce(
    (text, syntax) => text.replaceAll(syntax, (match) => match.replaceAll(/[^\n]/gu, " ")),
    module,
  );
}
