/**
 * What a text says about handlers, filled in from the handlers as they are: `{{line:FILE:TEXT}}` becomes the number of
 * the first line of FILE that holds TEXT, `{{code:FILE:TEXT}}` that line itself. Pure; takes texts, gives texts.
 */

type Files = ReadonlyMap<string, string>;

export interface Reference {
  readonly file: string;
  readonly text: string;
  /** From 1; null when no line of the file holds the text any more. */
  readonly line: number | null;
}

export interface Filled {
  /** A number that is lost stands as `?`, a line as `…`: never a wrong one. */
  readonly text: string;
  readonly references: readonly Reference[];
}

const PLACEHOLDER = /\{\{(line|code):([\w./-]+):(.+?)\}\}(?!\})/gu;

export function fillPlaceholders(text: string, files: Files): Filled {
  const references: Reference[] = [];
  const filled = text.replaceAll(PLACEHOLDER, (...found: string[]) => {
    const [, kind, file = "", sought = ""] = found;
    const lines = files.get(file)?.split("\n") ?? [];
    const index = lines.findIndex((line) => line.includes(sought));
    references.push({ file, text: sought, line: index < 0 ? null : index + 1 });
    if (kind === "code") return lines[index]?.trim() ?? "…";
    return index < 0 ? "?" : String(index + 1);
  });
  return { text: filled, references };
}

/** The names between backticks that neither are nor occur in any of the files: what a reader would look for in vain. */
export function namesNotIn(text: string, files: Files): string[] {
  const names = [...text.matchAll(/`([^`]+)`/gu)].map((found) => found[1] ?? "");
  const known = [...files.keys(), ...files.values()];
  return [...new Set(names)].filter((name) => !known.some((each) => each.includes(name)));
}
