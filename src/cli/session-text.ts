/** The screens of a session: a head, what the step has to say, and the keys. Takes finished texts; prints nothing. */
import { Chalk, type ChalkInstance } from "chalk";
import wrapAnsi from "wrap-ansi";
import { commandLine } from "./command-line.ts";
import { describeError } from "./describe-error.ts";
import type { Io } from "./io.ts";
import { keysOf, type SessionState, STEPS } from "./session-state.ts";

export type Look = Pick<Io, "color" | "emoji" | "width">;

export interface Screen {
  readonly state: SessionState;
  /** The working copy, as the reader would type it. */
  readonly folder: string;
  /** What the step shows, ending with a line break. */
  readonly body: string;
  readonly look: Look;
  /** Of the terminal. */
  readonly rows: number;
}

/** A step never scrolls its own head away: what does not fit is left out, and said. What a key has asked for is whole. */
export function screenText({ state, folder, body, look, rows }: Screen): string {
  const [above, below] = [`${head(state, folder, look)}\n\n`, endText(state, { look, body })];
  const lines = body.trimEnd().split("\n");
  const room = rows - 1 - linesOf(above) - linesOf(below);
  if (state.panel !== null || lines.length <= room) return `${above}${lines.join("\n")}\n${below}`;
  const more = painter(look).dim(look.emoji ? "  …" : "  ...");
  return `${above}${[...lines.slice(0, Math.max(room - 1, 1)), more].join("\n")}\n${below}`;
}

function linesOf(text: string): number {
  return text.split("\n").length - 1;
}

/** Above what a command prints. */
export function runningText(state: SessionState, { folder, look }: Pick<Screen, "folder" | "look">): string {
  return `${head(state, folder, look)}\n\n`;
}

/** Below `body`, which a step or a command has to say. */
export function endText(state: SessionState, { look, body }: { look: Look; body: string }): string {
  const note = state.note === null ? [] : ["", ...wrapped(`note  ${state.note}`, look)];
  const elsewhere = body.includes(commandLine([])) ? ["", ...wrapped(ELSEWHERE, look)] : [];
  return [...note, ...elsewhere.map((line) => painter(look).dim(line)), "", legend(state, look), ""].join("\n");
}

/** Letters typed here are keys. */
const ELSEWHERE = "Type commands in another terminal; here each letter is a key.";

function head(state: SessionState, folder: string, look: Look): string {
  const chalk = painter(look);
  const dot = look.emoji ? " · " : " - ";
  const where =
    state.mode === "watch"
      ? chalk.bold(`Watching ${folder}`)
      : chalk.bold(`Step ${STEPS.indexOf(state.step) + 1} of ${STEPS.length}${dot}${TITLES[state.step]}`);
  return wrapAnsi(`${where}${chalk.dim(progressOf(state, dot))}`, width(look));
}

const TITLES = {
  incident: "The incident",
  code: "The code",
  fix: "The fix",
  comparison: "The comparison",
  lesson: "The lesson",
} as const;

/** What goes on, and at the fix how the watching stands. */
function progressOf({ checking, checks, checked, running, step }: SessionState, dot: string): string {
  if (running !== null) return `${dot}${RUNNING[running]}`;
  if (checking) return `${dot}checking`;
  if (checked.kind !== "verdict" || step !== "fix") return "";
  const took = checked.verdict.timing["total"];
  return `${dot}check ${checks}${took === undefined ? "" : `${dot}${took} ms`}`;
}

/** True while it goes on, and afterwards, when the head still stands above what was printed. */
const RUNNING = {
  demonstrate: "demonstration",
  hint: "hint",
  prompt: "prompt",
  reference: "reference",
  reset: "reset",
} as const;

/** `n next  q quit`; keys are never parted from their words. */
function legend(state: SessionState, look: Look): string {
  const chalk = painter(look);
  const lines: { text: string; length: number }[] = [];
  for (const [key, does] of keysOf(state)) {
    const item = { text: `${chalk.bold.cyan(key)} ${does}`, length: does.length + 2 };
    const line = lines.at(-1);
    if (line === undefined || line.length + 3 + item.length > width(look)) lines.push(item);
    else lines[lines.length - 1] = { text: `${line.text}   ${item.text}`, length: line.length + 3 + item.length };
  }
  return lines.map(({ text }) => text).join("\n");
}

/** The fix before there is a verdict, or instead of one. */
export function waitingText({ checked }: SessionState, facts: { folder: string; look: Look }): string {
  const { folder, look } = facts;
  if (checked.kind === "trouble") return describeError(checked.error, look);
  const untouched = checked.kind === "untouched" ? ["The handlers are as they were shipped.", ""] : [];
  return [
    ...untouched,
    ...wrapped(`Change ${folder} in your editor and save: the verdict appears here.`, look),
    "",
  ].join("\n");
}

export function wrapped(text: string, look: Look): string[] {
  return wrapAnsi(text, Math.min(width(look), 100)).split("\n");
}

/** Terminals narrower than this are not laid out for. */
function width(look: Look): number {
  return Math.max(look.width, 20);
}

function painter(look: Look): ChalkInstance {
  return new Chalk({ level: look.color ? 1 : 0 });
}
