/** `setup-test-data`: joins the scenario with the workspace, and tells what was made and what comes next. */
import { join, relative } from "node:path";
import { Chalk } from "chalk";
import { loadScenario, starterFiles } from "../scenario/index.ts";
import type { Scenario } from "../vocabulary.ts";
import { setUpWorkshop } from "../workspace/index.ts";
import { commandLine } from "./command-line.ts";
import { makeFirstCommit } from "./first-commit.ts";
import type { Io } from "./io.ts";
import { nextStep } from "./next-step.ts";
import { recordEvent } from "./record-event.ts";
import { openRowProgress } from "./row-progress.ts";
import { isoNow } from "./wall-clock.ts";

export interface SetUpCommandOptions {
  readonly scenario: string;
  readonly downloads?: number;
  readonly seed?: string;
  readonly force?: boolean;
}

type SetUpResult = Awaited<ReturnType<typeof setUpWorkshop>>;

/** The data of the story is the same for everybody who does not ask for other data. */
const USUAL_SEED = "workshop";

export async function run(options: SetUpCommandOptions, io: Io): Promise<number> {
  const place = { root: io.root, slug: options.scenario };
  const scenario = await loadScenario(place);
  const result = await setUp({ options, scenario, starter: await starterFiles(place), io });
  // With a participant's changes in it, a first commit would call them shipped.
  const committed = result.kept.length === 0 && (await makeFirstCommit(result.folder, io.env));
  io.out(report({ scenario, result, committed, io }));
  await recordEvent({ slug: scenario.slug, event: { at: isoNow(), kind: "set-up" }, io });
  return 0;
}

async function setUp(job: {
  options: SetUpCommandOptions;
  scenario: Scenario;
  starter: ReadonlyMap<string, string>;
  io: Io;
}): Promise<SetUpResult> {
  const { options, scenario, starter, io } = job;
  const downloads = options.downloads ?? 0;
  const progress = await openRowProgress(io, downloads);
  const listener = (): void => progress.stop();
  // Listening is what asks for the time to tidy up.
  io.interrupted?.addEventListener("abort", listener);
  try {
    return await setUpWorkshop({
      home: join(io.cwd, "workshop"),
      root: io.root,
      scenario,
      starter,
      seed: options.seed ?? USUAL_SEED,
      downloads,
      force: options.force ?? false,
      at: isoNow(),
      progress: async (state) => progress.update(state),
      ...(io.interrupted === undefined ? {} : { signal: io.interrupted }),
    });
  } finally {
    io.interrupted?.removeEventListener("abort", listener);
    progress.stop();
  }
}

function report(facts: { scenario: Scenario; result: SetUpResult; committed: boolean; io: Io }): string {
  const { scenario, io } = facts;
  const chalk = new Chalk({ level: io.color ? 1 : 0 });
  const done = chalk.green(io.emoji ? "✅ READY" : "READY");
  const lines = happened(facts).map(([what, where]) => `  ${what.padEnd(10)}${where}`);
  const next = nextStep(nextSteps(facts.result, scenario.slug, io), io);
  return [`${done}  ${chalk.bold(scenario.title)}`, ...lines, "", next].join("\n");
}

function happened({ scenario, result, committed, io }: Parameters<typeof report>[0]): [string, string][] {
  const near = (path: string): string => relative(io.cwd, path) || ".";
  const files = scenario.routes.map(({ file }) => file);
  const rows: [string, string | null][] = [
    ["database", near(result.databaseFile)],
    ["set aside", result.setAside && `${near(result.setAside)} (it could not be read)`],
    ["handlers", `${near(result.folder)}: ${[...new Set(files)].join(", ")}`],
    ["kept", result.kept.length > 0 ? `${result.kept.join(", ")} (your version; --force brings back ours)` : null],
    ["snapshot", result.snapshot && `${near(result.snapshot)} (your files)`],
    ["git", committed ? "a repository of its own, in which git diff shows your changes" : null],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}

function nextSteps(result: SetUpResult, slug: string, io: Io): [string, string][] {
  return [
    ["Open in your editor", relative(io.cwd, result.folder) || "."],
    ["See what people saw", commandLine(["demonstrate-problem", slug])],
  ];
}
