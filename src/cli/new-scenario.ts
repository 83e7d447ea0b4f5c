/** `new scenario`: a lesson that is complete from its first minute, and what its author does next. */
import { Chalk } from "chalk";
import { authoring } from "../scenario/index.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { nextStep } from "./next-step.ts";
import { wrapItem } from "./wrap-item.ts";

export interface NewScenarioOptions {
  readonly slug: string;
}

/** Throws a usage error for a slug that will not do, an environment error in an installed package. */
export async function run({ slug }: NewScenarioOptions, io: Io): Promise<number> {
  const files = await authoring.create({ root: io.root, slug });
  io.out(report({ slug, count: files.length, io }));
  return 0;
}

function report({ slug, count, io }: { slug: string; count: number; io: Io }): string {
  const done = new Chalk({ level: io.color ? 1 : 0 }).green(io.emoji ? "✅ NEW SCENARIO" : "NEW SCENARIO");
  const said = [
    `A departure board that nobody tells of delays: one table, two routes, one bug, fixes that hold and fixes that do not, and the pages. ${count} files, and every one of them is yours to change.`,
    'CONTRIBUTING.md goes through it from here to a lesson of your own, under "Add a scenario".',
  ];
  const steps = [
    ["set it up", commandLine(["setup-test-data", slug])],
    ["see its problem", commandLine(["demonstrate-problem", slug])],
    ["prove it, after each change", commandLine(["verify", slug])],
  ] as const;
  return [
    `${done}  scenarios/${slug}`,
    ...said.flatMap((text) => wrapItem({ text, mark: "", look: io })),
    "",
    nextStep(steps, io),
  ].join("\n");
}
