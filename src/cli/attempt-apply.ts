/** `attempt apply`: puts a kept attempt into the participant's files, after a snapshot of what it replaces. */
import { join, relative } from "node:path";
import { loadScenario } from "../scenario/index.ts";
import { attempts, openWorkshop, snapshots } from "../workspace/index.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { nextLines } from "./next-step.ts";
import { factLines, heading } from "./prose.ts";
import { isoNow } from "./wall-clock.ts";

export interface AttemptApplyOptions {
  readonly scenario: string;
  readonly name: string;
}

export async function run(options: AttemptApplyOptions, io: Io): Promise<number> {
  const { slug } = await loadScenario({ root: io.root, slug: options.scenario });
  const place = { home: join(io.cwd, "workshop"), slug };
  await openWorkshop(place);
  const { name, files } = await attempts.read({ ...place, name: options.name });
  const reason = `the attempt ${name} was applied`;
  const { written, snapshot } = await snapshots.replaceHandlers({ place, files, at: isoNow(), reason });
  const facts: [string, string][] = [
    ["files", written.length === 0 ? "nothing to do: yours are this attempt already" : written.join(", ")],
  ];
  if (snapshot !== null) facts.push(["snapshot", `${relative(io.cwd, snapshot)} (your files)`]);
  const next: [string, string][] = [["Ask for the verdict", commandLine(["test-your-fix", slug])]];
  io.out([heading(`APPLIED  ${name}`, io), ...factLines(facts, io), "", ...nextLines(next, io), ""].join("\n"));
  return 0;
}
