/** The list to pick a scenario from, with what was reached in each, and the keys. Takes figures, gives text; prints nothing. */
import { Chalk } from "chalk";
import { type ListedScenario, scenarioBlocks } from "./list-text.ts";
import { type Look, wrapped } from "./session-text.ts";

export interface Picker {
  /** At least one. */
  readonly listed: readonly ListedScenario[];
  readonly chosen: number;
  readonly look: Look;
  /** Of the terminal. */
  readonly rows: number;
}

/** When not all fit, those from the chosen one on are shown. */
export function pickerText({ listed, chosen, look, rows }: Picker): string {
  const chalk = new Chalk({ level: look.color ? 1 : 0 });
  const mark = look.emoji ? "▸" : ">";
  const blocks = scenarioBlocks(listed, { ...look, width: look.width - 4 }).map((lines, nth) =>
    lines.map((line, row) => `${row === 0 && nth === chosen ? chalk.cyan(mark) : " "} ${line}`),
  );
  const keys = wrapped(listed.length === 1 ? "Enter begin   q quit" : "up/down choose   Enter begin   q quit", look);
  const heading = wrapped("Which one? Each is a small real service with a bug in its cache.", look);
  const room = rows - heading.length - keys.length - 3;
  const heights = blocks.map((lines) => lines.length + 1);
  const fits = heights.reduce((sum, height) => sum + height, 0) <= room;
  const shown = fits ? blocks : blocks.slice(chosen);
  return [
    ...heading.map((line) => chalk.bold(line)),
    "",
    ...shown.flatMap((lines) => [...lines, ""]),
    ...keys,
    "",
  ].join("\n");
}
