/** The words and layout of `list`. Takes finished figures, gives text; reads and prints nothing. */
import { Chalk } from "chalk";
import type { Scenario, Star } from "../vocabulary.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { nextStep } from "./next-step.ts";
import { starsText } from "./stars-text.ts";
import { wrapItem } from "./wrap-item.ts";

type Look = Pick<Io, "color" | "emoji" | "width">;

export interface ListedScenario extends Pick<Scenario, "slug" | "title" | "teaches" | "minutes"> {
  /** The most that any attempt earned. */
  readonly stars: 0 | Star;
  readonly attempts: number;
  readonly passed: boolean;
  /** How long somebody worked on it. */
  readonly millisecondsSpent: number;
  readonly setUp: boolean;
  /** Why nothing is known about the progress; null: everything is. */
  readonly trouble: string | null;
}

/** One block each: a head in columns, below it what it teaches. */
export function renderList(scenarios: readonly ListedScenario[], look: Look): string {
  const blocks = scenarioBlocks(scenarios, look).map((each) => each.join("\n"));
  return `${blocks.join("\n\n")}\n${wayOn(scenarios, look)}`;
}

/** The lines of each. */
export function scenarioBlocks(scenarios: readonly ListedScenario[], look: Look): string[][] {
  const names = Math.max(...scenarios.map(({ slug }) => slug.length));
  return scenarios.map((each) => block(each, { look, names }));
}

function block(each: ListedScenario, { look, names }: { look: Look; names: number }): string[] {
  const chalk = painter(look);
  const state = stateOf(each);
  const beside = names + 2 + 5 + state.length <= look.width;
  const paint = each.passed ? chalk.green : chalk.reset;
  const stars = (each.stars > 0 ? chalk.yellow : chalk.dim)(starsText(each.stars, look));
  const head = `${chalk.bold(each.slug)}${" ".repeat(names + 2 - each.slug.length)}${stars}`;
  const about = `${each.title}. Afterwards you can ${each.teaches}. About ${each.minutes} minutes.`;
  return [
    beside ? `${head}  ${paint(state)}` : head,
    ...(beside ? [] : lines(state, look).map((line) => paint(line))),
    ...lines(about, look).map((line) => chalk.dim(line)),
    ...(each.trouble === null ? [] : lines(each.trouble, look).map((line) => chalk.red(line))),
  ];
}

function stateOf({ setUp, trouble, passed, attempts, millisecondsSpent }: ListedScenario): string {
  if (trouble !== null) return "progress unknown";
  if (!setUp) return "not set up";
  if (attempts === 0) return "no attempt yet";
  const tried = `${attempts} ${attempts === 1 ? "attempt" : "attempts"}`;
  return `${passed ? "passed" : "not passed yet"}, ${tried}, ${duration(millisecondsSpent)} spent`;
}

/** Nobody plans by seconds. */
function duration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return "less than a minute";
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Where to go on: with what was begun, else with the first that was not. */
function wayOn(scenarios: readonly ListedScenario[], look: Look): string {
  const open = scenarios.filter(({ passed, trouble }) => !passed && trouble === null);
  const next = open.find(({ setUp }) => setUp) ?? open[0];
  if (next === undefined) return "";
  const step = !next.setUp
    ? (["set it up", commandLine(["setup-test-data", next.slug])] as const)
    : next.attempts === 0
      ? (["see what people saw", commandLine(["demonstrate-problem", next.slug])] as const)
      : (["check your fix", commandLine(["test-your-fix", next.slug])] as const);
  return `\n${nextStep([step], look)}`;
}

function lines(text: string, look: Look): string[] {
  return wrapItem({ text, mark: "", look });
}

function painter(look: Look): InstanceType<typeof Chalk> {
  return new Chalk({ level: look.color ? 1 : 0 });
}
