/**
 * `guide`: the speaker's notes, for a second screen: the clock of all steps, or one step at a time with what to say,
 * what to ask, what to watch for, and what to skip when late. Changes nothing.
 */
import { WorkshopError } from "../errors.ts";
import { loadScenario, pages } from "../scenario/index.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { nextLines } from "./next-step.ts";
import { heading, type Look, painter, proseLines } from "./prose.ts";
import { tableLines } from "./text-table.ts";

export interface GuideOptions {
  readonly scenario: string;
  /** From 1. */
  readonly step?: number;
  /** Every step, one below the other. */
  readonly all?: boolean;
}

export async function run(options: GuideOptions, io: Io): Promise<number> {
  const place = { root: io.root, slug: options.scenario };
  const { slug } = await loadScenario(place);
  const guide = await pages.loadGuide(place);
  const step = options.step === undefined ? undefined : findStep(guide.steps, options.step);
  const call = (...args: string[]): string => commandLine(["guide", slug, ...args]);
  const blocks = step === undefined ? overview(guide, io) : stepLines(guide, step, io);
  if (step === undefined && options.all === true)
    blocks.push(...guide.steps.flatMap((each) => ["", ...stepLines(guide, each, io)]));
  const next = guide.steps[step?.number ?? 0];
  const steps: [string, string][] =
    next === undefined || options.all === true ? [] : [[`Step ${next.number}`, call("--step", `${next.number}`)]];
  if (step === undefined && options.all !== true) steps.push(["Everything", call("--all")]);
  io.out([...blocks, ...(steps.length === 0 ? [] : ["", ...nextLines(steps, io)]), ""].join("\n"));
  return 0;
}

/** Throws a usage error that says which steps there are. */
function findStep(steps: readonly pages.GuideStep[], wanted: number): pages.GuideStep {
  const step = steps[wanted - 1];
  if (step !== undefined) return step;
  throw new WorkshopError({
    code: "usage",
    message: `There is no step ${wanted}.`,
    hint: `Choose one from 1 to ${steps.length}.`,
  });
}

/** The whole way on one screen: when each step begins, if the ones before it took their time. */
function overview({ title, opening, steps }: pages.Guide, look: Look): string[] {
  const rows = steps.map((step) =>
    [`${step.number}. ${step.title}`, `${step.minutes} min`, `${startOf(steps, step)}:00`].map((text) => ({ text })),
  );
  return [
    heading(`🎤 ${title}`, look),
    ...proseLines(opening, look),
    "",
    ...tableLines({ heads: ["step", "takes", "begins at"], rows }, look),
    "",
    `  ${painter(look).dim(`${lengthOf(steps)} minutes in all`)}`,
  ];
}

function stepLines({ steps }: pages.Guide, step: pages.GuideStep, look: Look): string[] {
  const { number, title, minutes, setting, parts } = step;
  const start = startOf(steps, step);
  const clock = `${minutes} min: minute ${start} to ${start + minutes} of ${lengthOf(steps)}`;
  return [
    heading(`🎤 STEP ${number} of ${steps.length}  ${title}`, look),
    `  ${painter(look).dim(clock)}`,
    "",
    ...proseLines(setting, look),
    ...parts.flatMap((part, nth) => ["", inColor(part.title, nth, look), ...proseLines(part.blocks, look)]),
  ];
}

/** Each part has the same colour in every step, so that the eye finds it without reading. */
function inColor(title: string, position: number, look: Look): string {
  const chalk = painter(look).bold;
  const colors = [chalk.green, chalk.cyan, chalk.yellow, chalk.magenta];
  return (colors[position % colors.length] ?? chalk)(title.toUpperCase());
}

/** Minutes before a step. */
function startOf(steps: readonly pages.GuideStep[], step: pages.GuideStep): number {
  return lengthOf(steps.slice(0, step.number - 1));
}

function lengthOf(steps: readonly pages.GuideStep[]): number {
  return steps.reduce((sum, { minutes }) => sum + minutes, 0);
}
