/** What handlers may not bring into the process: whatever reaches files, other processes, the network or the engine. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Location } from "../vocabulary.ts";

const FORBIDDEN =
  /^(?:node:)?(?:better-sqlite3|child_process|cluster|dgram|dns|fs|http2?|https|inspector|module|net|os|process|repl|sqlite|tls|v8|vm|wasi|worker_threads)(?:\/|$)/u;

export class ForbiddenImport extends Error {
  override readonly name = "ForbiddenImport";
  /** Of the import, where it is written down. */
  readonly location: Location | null;

  constructor(message: string, location: Location | null = null) {
    super(message);
    this.location = location;
  }
}

/** Why this specifier is refused, or null. */
export function importRefusal(specifier: string): string | null {
  return FORBIDDEN.test(specifier) ? `A handler may not import ${specifier}: it gets what it needs from c.var` : null;
}

/** A handler imports a file of its own that is not there. */
export class MissingFile extends Error {
  override readonly name = "MissingFile";
  readonly location: Location | null;

  constructor(message: string, location: Location | null) {
    super(message);
    this.location = location;
  }
}

/** For a specifier that leads nowhere. */
export function missingImport(specifier: string, location: Location | null): Error {
  if (/^\.{1,2}\//u.test(specifier)) return new MissingFile(`There is no file ${specifier}`, location);
  const message = `There is no package ${specifier} here: handlers use c.var and files of their own`;
  return new ForbiddenImport(message, location);
}

/** `root`: URL of the folder that holds both copies. Null where the import is not written in one line. */
export function placeOfImport(specifier: string, { module, root }: { module: string; root: string }): Location | null {
  const [file] = module.slice(`${root}/a/`.length).split("?");
  const lines = readFileSync(fileURLToPath(module), "utf8").split("\n");
  for (const [index, line] of lines.entries()) {
    const column = [`"${specifier}"`, `'${specifier}'`].map((text) => line.indexOf(text)).find((at) => at >= 0);
    if (column !== undefined && /\b(?:from|import|require)\b/u.test(line))
      return { file: decodeURI(file ?? ""), line: index + 1, column: column + 1 };
  }
  return null;
}
