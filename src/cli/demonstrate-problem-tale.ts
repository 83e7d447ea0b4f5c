/**
 * Plays and tells one scenario's story, from the banner to the next step, and gives the exit code.
 * Takes the handlers and a way to copy the database; does not know where either comes from.
 */
import { stripVTControlCharacters } from "node:util";
import { type StoryEnding, type StoryLine, storyTeller } from "../report/index.ts";
import type { Demonstration, HandlerFault, PlayedRequest, Scenario } from "../vocabulary.ts";
import type { CachePlace } from "./cache-order.ts";
import { commandLine } from "./command-line.ts";
import { playInChild, type StoryOutcome } from "./demonstrate-problem-child.ts";
import { openStoryScreen, type StoryScreen } from "./demonstrate-problem-screen.ts";
import { onStage, type StageParts } from "./demonstrate-problem-stage.ts";
import type { Io } from "./io.ts";
import { nextStep } from "./next-step.ts";

export interface Tale {
  readonly io: Io;
  readonly scenario: Scenario;
  readonly parts: StageParts;
  /** What faults are reported under, and what the reader opens next, e.g. `workshop/stale-statistics`. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** In memory unless given. */
  readonly cache?: CachePlace;
  /** False: end with what was seen, without saying what to do next. */
  readonly advice?: false;
}

const EXIT = { told: 0, crashed: 4, "timed-out": 5, environment: 6, interrupted: 130 } as const;

export async function tellTale(tale: Tale): Promise<number> {
  const screen = await openStoryScreen(tale.io, tale.scenario.story);
  screen.print(storyTeller(tale.scenario.story, tale.io.width).opening());
  try {
    return conclude(tale, { screen, outcome: await play(tale, screen) });
  } finally {
    screen.stop();
  }
}

function play({ io, scenario, parts, signal, cache = null }: Tale, screen: StoryScreen): Promise<StoryOutcome> {
  const onProgress = screen.progress;
  return onStage(parts, (stage) => playInChild({ io, scenario, stage, signal, cache, onProgress }));
}

function conclude(tale: Tale, { screen, outcome }: { screen: StoryScreen; outcome: StoryOutcome }): number {
  screen.stop();
  switch (outcome.kind) {
    case "done":
      return concludeRun(tale, { screen, ...outcome });
    case "fault":
      screen.print([...printedLines(outcome.printed), ...faultLines(tale, outcome.fault)]);
      return EXIT[outcome.verdict];
    case "environment":
      tale.io.err(`${outcome.message}\n${outcome.hint}\n`);
      return EXIT.environment;
    case "interrupted":
      return EXIT.interrupted;
    default:
      return outcome satisfies never;
  }
}

function concludeRun(
  tale: Tale,
  { screen, run, printed }: { screen: StoryScreen; run: Demonstration; printed: string },
): number {
  screen.print(printedLines(printed));
  const failed = [run.before, ...run.writes, run.after, run.again].find(
    ({ status, thrown }) => thrown !== null || status >= 500,
  );
  if (failed !== undefined) {
    screen.print(faultLines(tale, faultOf(failed)));
    return EXIT.crashed;
  }
  const ending = endingOf(run);
  const teller = storyTeller(tale.scenario.story, tale.io.width);
  screen.print(teller.ending(run, ending));
  if (tale.advice !== false) tale.io.out(`\n${nextStep(nextSteps(tale, ending), tale.io)}`);
  return EXIT.told;
}

/** `wrong`: the story does not show a cache's staleness, since a figure is missing, made up, or never recorded. */
function endingOf({ before, writes, after }: Demonstration): StoryEnding {
  const accepted = writes.every(({ status }) => status < 400);
  const sound = accepted && before.shown === before.actual && after.shown !== null && after.actual !== before.actual;
  if (!sound) return "wrong";
  return after.shown === after.actual ? "fresh" : "stale";
}

function nextSteps({ scenario, folder }: Tale, ending: StoryEnding): [string, string][] {
  const check: [string, string] = ["Ask for the verdict", commandLine(["test-your-fix", scenario.slug])];
  if (ending === "fresh") return [check, ["Compare", commandLine(["show-reference", scenario.slug])]];
  const asked = scenario.routes.filter(({ role }) => role !== "job");
  const files = [...new Set(asked.map(({ file }) => file))].join(" and ");
  return [["Open this folder", folder], ["Read side by side", files], check];
}

function faultOf({ thrown, method, path, status }: PlayedRequest): HandlerFault {
  const said = thrown === null ? `status ${status}` : `${thrown.name}: ${thrown.message}`;
  return { message: `${method} ${path} failed: ${said}`, location: thrown?.location ?? null };
}

function faultLines({ folder, io }: Tale, { message, location }: HandlerFault): StoryLine[] {
  const place = location === null ? folder : `${folder}/${location.file}:${location.line}:${location.column}`;
  return [
    { text: "", tone: "plain" },
    { text: "The story stops here: the handlers do not work.", tone: "heading" },
    { text: `  ${message}`, tone: "bad" },
    { text: `  at ${place}`, tone: "plain" },
    {
      text: `  Mend that line, save the file and ${io.keys === undefined ? "run this command" : "press d"} again.`,
      tone: "dim",
    },
  ];
}

/** What the handlers themselves printed: of use to whoever debugs them, and not part of the story. */
function printedLines(printed: string): StoryLine[] {
  // Control characters could move the cursor and paint over the story.
  const clean = stripVTControlCharacters(printed).replaceAll(/[^\P{Cc}\n\t]/gu, "");
  const lines = clean.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) return [];
  const shown = lines.slice(0, 20).map((line): StoryLine => ({ text: `  | ${line.slice(0, 200)}`, tone: "dim" }));
  const more: StoryLine[] =
    lines.length > 20 ? [{ text: `  | … and ${lines.length - 20} more lines`, tone: "dim" }] : [];
  return [{ text: "", tone: "plain" }, { text: "Your handlers printed:", tone: "plain" }, ...shown, ...more];
}
