/**
 * One file before and after, as a unified diff for a terminal. Takes two texts, gives one; decides nothing about which
 * of them is better. Lines are cut to no width: code is copied from here.
 */
import { Chalk } from "chalk";
import { structuredPatch } from "diff";

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
