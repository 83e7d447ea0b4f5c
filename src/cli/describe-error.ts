/** The words for what went wrong: for people without a stack, for a bug of ours with one. Gives text, prints nothing. */
import { Chalk } from "chalk";
import type { WorkshopError } from "../errors.ts";
import type { Io } from "./io.ts";

type Look = Pick<Io, "color" | "emoji">;

export function describeError(error: WorkshopError, look: Look & Pick<Io, "width">): string {
  const chalk = painter(look);
  const arrow = chalk.dim(look.emoji ? "   →  " : "   -> ");
  return `${chalk.red("error")}  ${hanging(error.message, look)}\n${arrow} ${hanging(error.hint, look)}\n`;
}

/** Under the first word, which stands in column 8. A word wider than the terminal, such as a path, stays whole. */
function hanging(text: string, { width }: Pick<Io, "width">): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line === "") lines[lines.length - 1] = word;
    else if (7 + line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n       ");
}

/** Exit 70 in words: it asks for a report, since only its reader has seen it. */
export function describeBug(error: unknown, look: Look): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const request = "This is a bug in stale-stats, not in your handlers. Please report it with the lines above.";
  return `${stack}\n\n${painter(look).red(request)}\n`;
}

function painter(look: Look): InstanceType<typeof Chalk> {
  return new Chalk({ level: look.color ? 1 : 0 });
}
