/**
 * Puts handlers into a throwaway folder, types stripped, twice: `a/` and `b/` are the two app instances.
 * Takes file texts, gives the folder or the fault that keeps them from loading. The originals' paths are not passed on.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Cause, HandlerFault, Route } from "../vocabulary.ts";

export interface LoadFault {
  readonly cause: Cause;
  readonly fault: HandlerFault;
}

export interface PreparedHandlers {
  /** Absolute path; holds `a/`, `b/` and a package.json. */
  readonly folder: string;
  /** Removes the folder; may be called more than once. */
  remove(): void;
}

/** `files`: path relative to the working copy → text. Only files that end in .ts, .js, .mjs or .json are copied. */
export function prepareHandlers(options: {
  files: ReadonlyMap<string, string>;
  routes: readonly Pick<Route, "file" | "export">[];
}): { readonly prepared: PreparedHandlers } | { readonly fault: LoadFault } {
  const { files, routes } = options;
  const absent = routes.find(({ file }) => (files.get(file) ?? "").trim() === "");
  if (absent !== undefined) return { fault: missing(absent, files.has(absent.file)) };
  const texts = new Map<string, string>();
  for (const [name, text] of files) {
    const stripped = name.endsWith(".ts") ? strip(name, text) : { text };
    if ("fault" in stripped) return stripped;
    texts.set(name, stripped.text);
  }
  return { prepared: write(texts) };
}

function missing({ file, export: name }: Pick<Route, "file" | "export">, exists: boolean): LoadFault {
  const message = `${file} is ${exists ? "empty" : "missing"}: it must export ${name}`;
  return { cause: "export-missing", fault: { message, location: { file, line: 1, column: 1 } } };
}

function strip(name: string, text: string): { text: string } | { fault: LoadFault } {
  try {
    return { text: stripTypeScriptTypes(text, { mode: "strip" }) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return {
      fault: { cause: "syntax-error", fault: { message: error.message, location: locateSyntaxError(name, error) } },
    };
  }
}

/** Node puts the line into the first line of the stack and a caret below the code it quotes. */
export function locateSyntaxError(file: string, error: Error): { file: string; line: number; column: number } {
  const lines = (error.stack ?? "").split("\n");
  const line = Number(/:(\d+)$/u.exec(lines[0] ?? "")?.[1] ?? 1);
  const caret = lines.slice(1, 5).find((text) => /^\s*\^+\s*$/u.test(text));
  return { file, line, column: caret === undefined ? 1 : caret.indexOf("^") + 1 };
}

function write(texts: ReadonlyMap<string, string>): PreparedHandlers {
  const folder = mkdtempSync(join(tmpdir(), "stale-stats-"));
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  for (const instance of ["a", "b"]) {
    for (const [name, text] of texts) {
      const path = join(folder, instance, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
