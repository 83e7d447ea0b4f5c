/** The words and layout of `doctor`. Takes findings, gives text; tries and prints nothing. */
import { Chalk } from "chalk";
import type { MachineFinding } from "./doctor-finding.ts";
import type { Io } from "./io.ts";

type Look = Pick<Io, "color" | "emoji" | "width">;

const NAMES: Readonly<Record<string, string>> = {
  node: "Node",
  folder: "folder",
  sqlite: "SQLite",
  "file-events": "file events",
  port: "port",
  terminal: "terminal",
  clipboard: "clipboard",
  redis: "Redis",
};

const COLUMN = 13;

export function renderFindings(findings: readonly MachineFinding[], look: Look): string {
  const lines = findings.flatMap((finding) => findingLines(finding, look));
  return `${[...lines, "", conclusion(findings, look)].join("\n")}\n`;
}

function findingLines({ id, outcome, found, advice }: MachineFinding, look: Look): string[] {
  const chalk = new Chalk({ level: look.color ? 1 : 0 });
  const paint = { ok: chalk.green, limited: chalk.yellow, failed: chalk.red, skipped: chalk.dim }[outcome];
  const mark = { ok: "ok    ", limited: "partly", failed: "FAILED", skipped: "-     " }[outcome];
  const head = `  ${paint(mark)}  ${(NAMES[id] ?? id).padEnd(COLUMN)}`;
  const [first = "", ...rest] = hanging(found, look);
  const arrow = look.emoji ? "→ " : "-> ";
  return [
    `${head}${first}`,
    ...rest.map((text) => INDENT + text),
    ...(advice === null ? [] : hanging(arrow + advice, look).map((text) => INDENT + text)),
  ];
}

const INDENT = " ".repeat(10 + COLUMN);

/** Under what was found. A path wider than the terminal stays whole, so that it can be copied. */
function hanging(text: string, { width }: Look): string[] {
  const room = Math.max(Math.min(width, 100) - INDENT.length, 12);
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

function conclusion(findings: readonly MachineFinding[], look: Look): string {
  const chalk = new Chalk({ level: look.color ? 1 : 0 });
  const count = findings.filter(({ outcome }) => outcome === "failed").length;
  if (count === 0) return chalk.green("This machine will do.");
  return chalk.red(`This machine will not do yet: ${count} ${count === 1 ? "thing has" : "things have"} to be mended.`);
}
