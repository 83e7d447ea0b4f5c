/**
 * One file before and after, as a unified diff for a terminal. Takes two texts, gives one; decides nothing about which
 * of them is better. Lines are cut to no width: code is copied from here.
 */
import { Chalk } from "chalk";
import { diffLines, structuredPatch } from "diff";

export interface DiffOptions {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly color: boolean;
}

/** Ends with a newline; empty when the texts are equal. Three lines of context, line numbers in the hunk's head. */
export function renderDiff({ name, before, after, color }: DiffOptions): string {
  const { hunks } = structuredPatch(name, name, before, after, undefined, undefined, { context: 3 });
  if (hunks.length === 0) return "";
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const paint = (line: string): string => {
    if (line.startsWith("+")) return chalk.green(line);
    if (line.startsWith("-")) return chalk.red(line);
    return line.startsWith(" ") ? line : chalk.dim(line);
  };
  const parts = hunks.map((hunk) => {
    const head = `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`;
    return [chalk.cyan(head), ...hunk.lines.map(paint)].join("\n");
  });
  return `${chalk.bold(name)}\n${parts.join("\n")}\n`;
}

/** Lines. A changed line counts as one added and one removed. */
export interface ChangeSize {
  readonly added: number;
  readonly removed: number;
}

/** Over all files; one that only `after` has counts as added, one that only `before` has is not looked at. */
export function changeSize(files: {
  before: ReadonlyMap<string, string>;
  after: ReadonlyMap<string, string>;
}): ChangeSize {
  const changes = [...files.after].flatMap(([name, text]) => diffLines(files.before.get(name) ?? "", text));
  const lines = (kind: "added" | "removed"): number =>
    changes.filter((change) => change[kind]).reduce((sum, { count }) => sum + count, 0);
  return { added: lines("added"), removed: lines("removed") };
}
