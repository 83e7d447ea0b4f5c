/** The words and layout of `hint`. Takes a rung and where it comes from, gives text; reads and prints nothing. */
import { Chalk } from "chalk";
import type { AttemptRecord, Scenario } from "../vocabulary.ts";
import { commandLine } from "./command-line.ts";
import type { HintChoice } from "./hint-choice.ts";
import type { Io } from "./io.ts";
import { nextStep } from "./next-step.ts";
import { starsText } from "./stars-text.ts";
import { wrapItem } from "./wrap-item.ts";

type Look = Pick<Io, "color" | "emoji" | "width" | "keys">;

const RUNGS = 5;

export interface HintFacts {
  readonly choice: HintChoice;
  readonly name: string;
  readonly text: string;
  /** Name of the rung above; null on the last one. */
  readonly next: string | null;
  readonly scenario: Pick<Scenario, "slug">;
  readonly look: Look;
}

export function renderHint(facts: HintFacts): string {
  const { choice, name, text, look, scenario } = facts;
  const chalk = painter(look);
  const heading = chalk.bold(look.emoji ? "💡 HINT" : "HINT");
  return [
    `${heading}  ${choice.rung} of ${RUNGS}: ${name}`,
    ...wrapItem({ text: origin(choice), mark: "", look }).map((line) => chalk.dim(line)),
    "",
    ...wrapItem({ text, mark: "", look }).map((line) =>
      look.color ? line.replaceAll(/`[^`]+`/gu, chalk.cyan("$&")) : line,
    ),
    "",
    nextStep(nextSteps(facts, scenario.slug), look),
  ].join("\n");
}

/** After a pass there is nothing to help with, unless the third star is wanted. */
export function renderNoHint(facts: { passed: AttemptRecord; slug: string; look: Look }): string {
  const { passed, slug, look } = facts;
  const more = ["the third star", commandLine(["test-your-fix", slug, "--stars", "3"])] as const;
  const steps = [["compare", commandLine(["show-reference", slug])] as const, ...(passed.stars < 3 ? [more] : [])];
  return [
    `${painter(look).green(look.emoji ? "✅ No hint needed" : "No hint needed")}: your last check passed with ${starsText(passed.stars, look)}.`,
    ...(passed.stars < 3 ? wrapItem({ text: THIRD_STAR, mark: "", look }) : []),
    "",
    nextStep(steps, look),
  ].join("\n");
}

const THIRD_STAR =
  "Ask for the third star, and there are hints for what it lacks. After other changes, check again first.";

/** Before any check, the cause is what people are here to find. */
function origin({ after, cause }: HintChoice): string {
  return after === null
    ? "for the handlers as shipped; yours were not checked yet"
    : `for ${cause}, which your last check found`;
}

function nextSteps({ choice, next }: HintFacts, slug: string): (readonly [string, string])[] {
  const check = [
    choice.after === null ? "check your fix" : "check again",
    commandLine(["test-your-fix", slug]),
  ] as const;
  const further =
    next === null
      ? (["see a fix that holds", commandLine(["show-reference", slug])] as const)
      : ([`more: the ${next}`, commandLine(["hint", slug])] as const);
  return [check, further];
}

function painter(look: Look): InstanceType<typeof Chalk> {
  return new Chalk({ level: look.color ? 1 : 0 });
}
