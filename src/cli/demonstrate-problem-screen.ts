/**
 * Shows a demonstration while it happens: finished steps as lines, the one under way as a spinner on a terminal.
 * Takes progress, prints through Io; the lines are the same with and without a terminal.
 */
import { Chalk, type ChalkInstance } from "chalk";
import type { Ora } from "ora";
import { plainText, type StoryLine, storyTeller } from "../report/index.ts";
import type { live } from "../runner/index.ts";
import type { PlayedRequest, Story } from "../vocabulary.ts";
import type { Io } from "./io.ts";

export interface StoryScreen {
  print(lines: readonly StoryLine[]): void;
  progress(progress: live.Progress): void;
  /** Takes the spinner away; what comes next is printed below the last line. */
  stop(): void;
}

const LOOKS = { before: "looks", after: "looks again", again: "looks once more" } as const;

/** Loads the spinner only where somebody can see it turn. */
export async function openStoryScreen(io: Io, story: Story): Promise<StoryScreen> {
  const spinner = io.interactive
    ? (await import("ora")).default({ stream: process.stderr, discardStdin: false, prefixText: " " })
    : null;
  const teller = storyTeller(story, io.width);
  const writes: PlayedRequest[] = [];
  const print = (lines: readonly StoryLine[]): void => {
    spinner?.stop();
    for (const line of lines) io.out(`${painted(line, io)}\n`);
  };
  return {
    print,
    stop: () => spinner?.stop(),
    progress: (progress) => {
      if (progress.stage === "asked") return turn(spinner, underWay(progress, story));
      if (progress.phase !== "writes") return print(teller.look(LOOKS[progress.phase], progress.look));
      if (progress.request !== null) writes.push(progress.request);
      if (writes.length === story.crowd.count) print(teller.crowd(writes));
    },
  };
}

function turn(spinner: Ora | null, text: string): void {
  if (spinner === null) return;
  spinner.text = text;
  if (!spinner.isSpinning) spinner.start();
}

function underWay(progress: live.Progress, { viewer, crowd }: Story): string {
  if (progress.phase !== "writes") return `${viewer.name} ${LOOKS[progress.phase]}`;
  return `${crowd.name}: ${progress.position + 1} of ${crowd.count}`;
}

function painted({ text, tone }: StoryLine, io: Io): string {
  const shown = io.emoji ? text : plainText(text);
  const chalk = new Chalk({ level: io.color ? 1 : 0 });
  return shown === "" ? "" : paint(chalk, tone)(shown);
}

function paint(chalk: ChalkInstance, tone: StoryLine["tone"]): ChalkInstance {
  switch (tone) {
    case "heading":
      return chalk.bold;
    case "bad":
      return chalk.red;
    case "good":
      return chalk.green;
    case "dim":
      return chalk.dim;
    case "plain":
      return chalk.reset;
    default:
      return tone satisfies never;
  }
}
