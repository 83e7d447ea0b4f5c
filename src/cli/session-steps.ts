/** The words of the steps before and after the fix. Takes what is to be said, gives text; reads and prints nothing. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Chalk, type ChalkInstance } from "chalk";
import type { pages } from "../scenario/index.ts";
import type { AttemptRecord, Cause, Scenario } from "../vocabulary.ts";
import { commandLine } from "./command-line.ts";
import type { HandlerPlace } from "./handler-places.ts";
import type { Look } from "./session-text.ts";
import { wrapped } from "./session-text.ts";
import { proseLines } from "./prose.ts";
import { starsText } from "./stars-text.ts";

export function incidentText({ title, story, teaches, minutes }: Scenario, look: Look): string {
  const chalk = painter(look);
  return text([
    ...wrapped(title, look).map((line) => chalk.bold(line)),
    "",
    ...wrapped(story.incident.join(" "), look),
    "",
    ...wrapped(`Afterwards you can ${teaches}. About ${minutes} minutes.`, look).map((line) => chalk.dim(line)),
    "",
    ...wrapped("Press d to see it happen: the service really runs, with your copy of its handlers.", look),
  ]);
}

/** `root` is the absolute folder that the files lie in, to link to them; null: without links. */
export function placesText(
  places: readonly HandlerPlace[],
  { folder, root, look }: { folder: string; root: string | null; look: Look },
): string {
  const chalk = painter(look);
  const rows = places.flatMap(({ route, line }) => {
    const path = `${folder}/${route.file}${line === null ? "" : `:${line}`}`;
    const linked = root === null ? path : link(path, pathToFileURL(join(root, route.file)).href);
    const called = route.role === "job" ? "is run by the service itself" : `answers ${route.method} ${route.path}`;
    const does = `${route.export} ${called}${line === null ? ", but is not exported here" : ""}`;
    return [
      `  ${chalk.cyan(linked)}`,
      ...wrapped(does, { ...look, width: look.width - 4 }).map((each) => `    ${each}`),
      "",
    ];
  });
  return text([
    ...wrapped(`Open the folder ${folder} in your editor, and read these side by side:`, look),
    "",
    ...rows,
    ...wrapped(
      "What do the reads keep, and what do the writes change? Change what you think is wrong, and save: the verdict comes by itself.",
      look,
    ),
  ]);
}

export function comparisonText({ slug }: Scenario, { passed, look }: { passed: boolean; look: Look }): string {
  const own = passed
    ? "Your fix passes. Compare it with one that was written by others, and with what that one still misses."
    : "There is no pass yet. Looking at a fix that holds is part of the exercise, not a defeat; going back to yours is, too.";
  return text([
    ...wrapped(own, look),
    "",
    ...wrapped("Press r to see it as a diff against yours, with its reasons.", look),
    "",
    "There are other fixes that hold:",
    `  ${commandLine(["show-reference", slug, "--list"])}`,
  ]);
}

export function lessonText(facts: {
  scenario: Scenario;
  words: readonly pages.Block[];
  attempts: readonly AttemptRecord[];
  look: Look;
}): string {
  const { scenario, words, attempts, look } = facts;
  const can = attempts.some(({ verdict }) => verdict === "pass") ? "You can now" : "With a pass, you can";
  return text([
    ...proseLines(words, look),
    "",
    ...reached(attempts, look),
    "",
    ...wrapped(`${can} ${scenario.teaches}. Press d to see the story again, with your handlers.`, look),
  ]);
}

/** The participant's own way: what was met, and how far it went. */
function reached(attempts: readonly AttemptRecord[], look: Look): string[] {
  if (attempts.length === 0) return wrapped("You have not checked a fix of yours yet.", look);
  const most = attempts.reduce((stars, attempt) => Math.max(stars, attempt.stars), 0);
  const met = new Map<Cause, number>();
  for (const { cause } of attempts) if (cause !== null) met.set(cause, (met.get(cause) ?? 0) + 1);
  const causes = [...met].map(([cause, times]) => (times === 1 ? cause : `${cause} (${times} times)`));
  const count = attempts.length === 1 ? "1 check" : `${attempts.length} checks`;
  const passed = attempts.some(({ verdict }) => verdict === "pass");
  return [
    ...wrapped(`Your way: ${count}, ${starsText(most, look)} ${passed ? "and a pass" : "and no pass yet"}.`, look),
    ...(causes.length === 0 ? [] : wrapped(`You met: ${causes.join(", ")}.`, look)),
  ];
}

/** OSC 8, which terminals that do not know it leave out. */
function link(label: string, url: string): string {
  return `\u001B]8;;${url}\u0007${label}\u001B]8;;\u0007`;
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

function painter(look: Look): ChalkInstance {
  return new Chalk({ level: look.color ? 1 : 0 });
}
