/** `reset`: the handlers as they were shipped, after a snapshot of the participant's own. The data stays as it is. */
import { join, relative } from "node:path";
import { Chalk } from "chalk";
import { loadScenario, starterFiles } from "../scenario/index.ts";
import { snapshots } from "../workspace/index.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { nextStep } from "./next-step.ts";
import { recordEvent } from "./record-event.ts";
import { isoNow } from "./wall-clock.ts";

export interface ResetOptions {
  readonly scenario: string;
}

/** Throws an environment error without a working copy. */
export async function run({ scenario }: ResetOptions, io: Io): Promise<number> {
  const { slug } = await loadScenario({ root: io.root, slug: scenario });
  const files = await starterFiles({ root: io.root, slug });
  const at = isoNow();
  const place = { home: join(io.cwd, "workshop"), slug };
  const { written, snapshot } = await snapshots.replaceHandlers({ place, files, at, reason: "reset" });
  if (written.length === 0) {
    io.out("Nothing to do: the handlers are as they were shipped.\n");
    return 0;
  }
  io.out(report({ slug, written, snapshot, io }));
  await recordEvent({ slug, event: { at, kind: "reset" }, io });
  return 0;
}

function report(facts: { slug: string; written: readonly string[]; snapshot: string | null; io: Io }): string {
  const { slug, written, snapshot, io } = facts;
  const done = new Chalk({ level: io.color ? 1 : 0 }).green(io.emoji ? "✅ RESET" : "RESET");
  const steps = [
    ["see the problem", commandLine(["demonstrate-problem", slug])] as const,
    ...(snapshot === null ? [] : [["bring yours back", commandLine(["undo", slug])] as const]),
  ];
  return [
    `${done}  as shipped again: ${written.join(", ")}`,
    ...(snapshot === null ? [] : [`  yours are kept in ${relative(io.cwd, snapshot)}`]),
    "",
    nextStep(steps, io),
  ].join("\n");
}
