/** `attempt list`: what was kept, in the order in which it was, with the size of each change. Checks nothing. */
import { join } from "node:path";
import { diff } from "../report/index.ts";
import { loadScenario, starterFiles } from "../scenario/index.ts";
import { attempts, openWorkshop } from "../workspace/index.ts";
import { changeText, NONE_SAVED } from "./attempt-cells.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { nextLines } from "./next-step.ts";
import { heading, typedLines } from "./prose.ts";
import { tableLines } from "./text-table.ts";
import { localTime } from "./wall-clock.ts";

export interface AttemptListOptions {
  readonly scenario: string;
  readonly json?: boolean;
}

export async function run(options: AttemptListOptions, io: Io): Promise<number> {
  const at = { root: io.root, slug: options.scenario };
  const scenario = await loadScenario(at);
  const place = { home: join(io.cwd, "workshop"), slug: scenario.slug };
  await openWorkshop(place);
  const before = await starterFiles(at);
  const saved = (await attempts.list(place)).map(({ files, ...rest }) => ({
    ...rest,
    change: diff.changeSize({ before, after: files }),
  }));
  if (options.json === true) {
    io.out(`${JSON.stringify({ schemaVersion: 1, scenario: scenario.slug, attempts: saved }, null, 2)}\n`);
    return 0;
  }
  const rows = saved.map(({ name, level, assistant, at: time, change }) =>
    [name, level?.toString() ?? "", assistant ?? "", time === null ? "" : localTime(time), changeText(change)].map(
      (text) => ({ text }),
    ),
  );
  const next: [string, string][] =
    rows.length === 0
      ? [["Keep one", commandLine(["attempt", "save", "first-try", scenario.slug])]]
      : [["Check them all", commandLine(["test-your-fix", scenario.slug, "--all"])]];
  const table = tableLines({ heads: ["name", "level", "assistant", "saved", "change"], rows }, io);
  io.out(
    [
      heading(`ATTEMPTS  ${scenario.title}`, io),
      ...(rows.length === 0 ? typedLines(NONE_SAVED, io) : table),
      "",
      ...nextLines(next, io),
      "",
    ].join("\n"),
  );
  return 0;
}
