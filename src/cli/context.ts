/**
 * `context`: what an assistant gets to see at one level, as Markdown that can be pasted anywhere: the handlers as they
 * are now, what the demonstration shows with them, where the key's format is. Changes nothing.
 */
import { join, relative } from "node:path";
import { pages } from "../scenario/index.ts";
import { copyDatabase, openWorkshop, workingCopyFolder } from "../workspace/index.ts";
import { copyAndTell } from "./clipboard.ts";
import { commandLine } from "./command-line.ts";
import { tellTale } from "./demonstrate-problem-tale.ts";
import type { Io } from "./io.ts";
import { findLevel, type Ladder, openLadder } from "./prompt-ladder.ts";
import { untilStopped } from "./until-stopped.ts";

export interface ContextOptions {
  readonly scenario: string;
  /** Absent: the fullest. */
  readonly level?: number;
  readonly copy?: boolean;
}

type Level = pages.PromptLevel;

/** Throws a WorkshopError (`environment`) when nothing is set up: there is no "now" without a working copy. */
export async function run(options: ContextOptions, io: Io): Promise<number> {
  const ladder = await openLadder(options.scenario, io);
  const { levels } = ladder.page;
  const level = findLevel(levels, options.level ?? levels.length - 1);
  await openWorkshop({ home: join(io.cwd, "workshop"), slug: ladder.scenario.slug });
  const sections = [...handlers(ladder, level), ...(await evidence(ladder, level, io)), ...key(ladder, level)];
  const at = ["prompts", ladder.scenario.slug, "--level", `${level.level}`];
  if (sections.length === 0) {
    io.err(`level ${level.level} shows an assistant nothing but its prompt: ${commandLine(at)}\n`);
    return 0;
  }
  const text = `${sections.join("\n\n")}\n`;
  const copied =
    options.copy === true && (await copyAndTell({ name: `the context of level ${level.level}`, text }, io));
  if (!copied) io.out(text);
  return 0;
}

function handlers({ own }: Ladder, { files }: Level): string[] {
  return files.map((name) => section(name, fenced(own.files.get(name) ?? "", "ts")));
}

/** A real run of the handlers as they are, as the terminal shows it. */
async function evidence(ladder: Ladder, level: Level, io: Io): Promise<string[]> {
  if (!level.evidence) return [];
  const { scenario, own } = ladder;
  const place = { home: join(io.cwd, "workshop"), slug: scenario.slug };
  const said: string[] = [];
  const terminal: Io = { ...io, out: (text) => said.push(text), color: false, width: 80, interactive: false };
  const parts = { handlers: own.files, copyDatabase: async (to: string) => copyDatabase({ ...place, to }) };
  const folder = relative(io.cwd, workingCopyFolder(place));
  await untilStopped(io, async (signal) => tellTale({ io: terminal, scenario, parts, folder, signal, advice: false }));
  const call = commandLine(["demonstrate-problem", scenario.slug]);
  return [section("Terminal", fenced(`$ ${call}\n${said.join("")}`, "text"))];
}

/** A line that is no longer there is left out: the handlers above show what there is instead. */
function key({ own }: Ladder, level: Level): string[] {
  const { references } = pages.fillPlaceholders(level.key ?? "", own.files);
  const found = references.flatMap(({ file, line }) =>
    line === null ? [] : `// ${file}:${line}\n${own.files.get(file)?.split("\n")[line - 1]?.trim() ?? ""}`,
  );
  return found.length === 0 ? [] : [section("Key format", fenced(found.join("\n"), "ts"))];
}

function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

/** Longer than any fence inside, which would otherwise end it. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/^`{3,}/gmu)].map(([fence]) => fence.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}
