/**
 * `undo`: the handlers as they were before something overwrote them. What it overwrites itself is kept in the same way,
 * so that an undo can be undone.
 */
import { join, relative } from "node:path";
import { Chalk } from "chalk";
import { WorkshopError } from "../errors.ts";
import { loadScenario } from "../scenario/index.ts";
import { openWorkshop, snapshots } from "../workspace/index.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { nextStep } from "./next-step.ts";
import { recordEvent } from "./record-event.ts";
import { renderSnapshots } from "./undo-text.ts";
import { isoNow } from "./wall-clock.ts";

export interface UndoOptions {
  readonly scenario: string;
  readonly list?: boolean;
  /** Number of a snapshot; absent: the newest. */
  readonly to?: number;
}

/** Throws an environment error without a set-up, a usage error for a snapshot that does not exist. */
export async function run(options: UndoOptions, io: Io): Promise<number> {
  const { slug } = await loadScenario({ root: io.root, slug: options.scenario });
  const place = { home: join(io.cwd, "workshop"), slug };
  const taken = await snapshots.list(place);
  if (taken.length === 0) await openWorkshop(place); // without a set-up, that is the thing to say
  if (options.list === true) {
    io.out(renderSnapshots({ taken, slug, look: io }));
    return 0;
  }
  const newest = taken.at(-1);
  if (newest === undefined) throw nothingToUndo();
  const number = options.to ?? newest.number;
  const at = isoNow();
  const { written, snapshot } = await snapshots.restore({ place, number, at });
  if (written.length === 0) {
    io.out(`Nothing to do: the handlers are as in snapshot ${number}.\n\n${nextStep(waysOn(slug), io)}`);
    return 0;
  }
  io.out(report({ slug, number, written, snapshot, io }));
  await recordEvent({ slug, event: { at, kind: "undo" }, io });
  return 0;
}

function nothingToUndo(): WorkshopError {
  return new WorkshopError({
    code: "usage",
    message: "There is nothing to undo: no command has overwritten anything yet.",
    hint: "Undo what you typed in your editor.",
  });
}

function report(facts: {
  slug: string;
  number: number;
  written: readonly string[];
  snapshot: string | null;
  io: Io;
}): string {
  const { slug, number, written, snapshot, io } = facts;
  const done = new Chalk({ level: io.color ? 1 : 0 }).green(io.emoji ? "✅ UNDONE" : "UNDONE");
  const again = ["take this back too", commandLine(["undo", slug])] as const;
  return [
    `${done}  as in snapshot ${number} again: ${written.join(", ")}`,
    ...(snapshot === null ? [] : [`  what was there is kept in ${relative(io.cwd, snapshot)}`]),
    "",
    nextStep([...waysOn(slug), ...(snapshot === null ? [] : [again])], io),
  ].join("\n");
}

function waysOn(slug: string): (readonly [string, string])[] {
  return [
    ["check it", commandLine(["test-your-fix", slug])],
    ["see all snapshots", commandLine(["undo", slug, "--list"])],
  ];
}
