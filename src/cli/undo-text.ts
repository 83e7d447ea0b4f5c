/** The words and layout of `undo --list`. Takes snapshots, gives text; reads and prints nothing. */
import { Chalk } from "chalk";
import type { snapshots } from "../workspace/index.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { nextStep } from "./next-step.ts";
import { localTime } from "./wall-clock.ts";
import { wrapItem } from "./wrap-item.ts";

type Look = Pick<Io, "color" | "emoji" | "width">;
type Snapshot = Awaited<ReturnType<typeof snapshots.list>>[number];

/** The newest first, because that is what `undo` takes. */
export function renderSnapshots(facts: { taken: readonly Snapshot[]; slug: string; look: Look }): string {
  const { taken, slug, look } = facts;
  if (taken.length === 0) return "No snapshot yet: no command has overwritten anything.\n";
  const chalk = new Chalk({ level: look.color ? 1 : 0 });
  const blocks = taken
    .toReversed()
    .flatMap(({ number, at, reason, files }) => [
      `${chalk.bold(`snapshot ${number}`)}  ${at === null ? "at an unknown time" : localTime(at)}`,
      ...wrapItem({ text: `before: ${reason ?? "unknown"}`, mark: "", look }),
      ...wrapItem({ text: `files: ${[...files.keys()].join(", ") || "none"}`, mark: "", look }),
    ]);
  const steps = [["bring one back", commandLine(["undo", slug, "--to", String(taken.at(-1)?.number ?? 1)])]] as const;
  return `${blocks.join("\n")}\n\n${nextStep(steps, look)}`;
}
