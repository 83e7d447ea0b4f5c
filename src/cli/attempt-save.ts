/** `attempt save`: keeps the participant's handlers as they are now under a name. Changes none of them. */
import { join } from "node:path";
import { loadScenario } from "../scenario/index.ts";
import { attempts, openWorkshop, readWorkingCopy } from "../workspace/index.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { nextLines } from "./next-step.ts";
import { factLines, heading } from "./prose.ts";
import { isoNow } from "./wall-clock.ts";

export interface AttemptSaveOptions {
  readonly scenario: string;
  readonly name: string;
  readonly level?: number;
  readonly assistant?: string;
  readonly force?: boolean;
}

export async function run(options: AttemptSaveOptions, io: Io): Promise<number> {
  const { name, level = null, assistant = null, force = false } = options;
  const scenario = await loadScenario({ root: io.root, slug: options.scenario });
  const place = { home: join(io.cwd, "workshop"), slug: scenario.slug };
  await openWorkshop(place);
  const files = await readWorkingCopy({ ...place, scenario });
  const { replaced } = await attempts.save({ ...place, name, files, level, assistant, force, at: isoNow() });
  const facts: [string, string][] = [["files", [...files.keys()].join(", ")]];
  if (level !== null) facts.push(["level", String(level)]);
  if (assistant !== null) facts.push(["assistant", assistant]);
  if (replaced !== null) facts.push(["replaces", `the one that is now ${replaced}`]);
  const next: [string, string][] = [
    ["Compare all", commandLine(["test-your-fix", scenario.slug, "--all"])],
    ["Bring it back", commandLine(["attempt", "apply", name, scenario.slug])],
    ["Begin the next one", commandLine(["reset", scenario.slug])],
  ];
  io.out([heading(`SAVED  ${name}`, io), ...factLines(facts, io), "", ...nextLines(next, io), ""].join("\n"));
  return 0;
}
