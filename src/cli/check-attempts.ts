/** `test-your-fix --all`: a verdict on every saved attempt, side by side. Decides nothing itself; changes no file. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { WorkshopError } from "../errors.ts";
import { diff } from "../report/index.ts";
import { starterFiles } from "../scenario/index.ts";
import type { Scenario, Verdict } from "../vocabulary.ts";
import { attempts, openWorkshop } from "../workspace/index.ts";
import { changeText, NONE_SAVED } from "./attempt-cells.ts";
import { checkHandlers } from "./check-handlers.ts";
import { exitCodeOf } from "./check-settings.ts";
import { commandLine } from "./command-line.ts";
import type { CheckSettings } from "./explore-message.ts";
import { inParallel } from "./in-parallel.ts";
import type { Io } from "./io.ts";
import { nextLines } from "./next-step.ts";
import { heading } from "./prose.ts";
import { originOf, recordAttempt } from "./record-attempt.ts";
import { type Cell, tableLines } from "./text-table.ts";
import { isoNow } from "./wall-clock.ts";

interface Comparing {
  readonly scenario: Scenario;
  readonly settings: CheckSettings;
  readonly options: {
    readonly json?: boolean;
    readonly handlers?: string;
    readonly attempt?: string;
    readonly replay?: string;
    readonly full?: boolean;
  };
  readonly io: Io;
}

type Saved = Awaited<ReturnType<typeof attempts.list>>[number];

interface Checked {
  readonly saved: Saved;
  readonly verdict: Verdict;
  readonly change: diff.ChangeSize;
  /** ISO time. */
  readonly startedAt: string;
}

/** 0 when one of them passes, else the exit code of the best; a fault of ours or of the machine outranks both. */
export async function checkAttempts(comparing: Comparing): Promise<number> {
  const { scenario, options, io } = comparing;
  refuseOthers(options);
  const place = { home: join(io.cwd, "workshop"), slug: scenario.slug };
  await openWorkshop(place);
  const all = await attempts.list(place);
  if (all.length === 0)
    throw new WorkshopError({
      code: "usage",
      message: NONE_SAVED,
      hint: `Keep one first: ${commandLine(["attempt", "save", "first-try", scenario.slug])}`,
    });
  const checked = await checkAll(comparing, all);
  io.out(options.json === true ? comparisonJson(scenario, checked) : comparison({ scenario, checked, io }));
  for (const { saved, verdict, startedAt } of checked)
    await recordAttempt({ at: startedAt, files: saved.files, verdict, ...originOf(saved) }, io);
  const codes = checked.map(({ verdict }) => exitCodeOf(verdict.verdict));
  return codes.find((code) => code >= exitCodeOf("broken-environment")) ?? Math.min(...codes);
}

function refuseOthers({ handlers, attempt, replay, full }: Comparing["options"]): void {
  const given = { "--handlers": handlers, "--attempt": attempt, "--replay": replay, "--full": full };
  const other = Object.entries(given).find(([, value]) => value !== undefined)?.[0];
  if (other === undefined) return;
  throw new WorkshopError({
    code: "usage",
    message: `--all and ${other} do not go together.`,
    hint: "--all checks every saved attempt; leave one of the two out.",
  });
}

async function checkAll({ scenario, settings, io }: Comparing, all: readonly Saved[]): Promise<Checked[]> {
  const { root } = io;
  const before = await starterFiles({ root, slug: scenario.slug });
  return await inParallel({
    items: all,
    atOnce: availableParallelism(),
    work: async (saved) => {
      const startedAt = isoNow();
      const signal = io.interrupted === undefined ? {} : { signal: io.interrupted };
      const verdict = await checkHandlers({ root, scenario, files: saved.files, settings, ...signal });
      return { saved, verdict, startedAt, change: diff.changeSize({ before, after: saved.files }) };
    },
  });
}

function comparison(shown: { scenario: Scenario; checked: readonly Checked[]; io: Io }): string {
  const { scenario, checked, io } = shown;
  const heads = ["name", "level", "assistant", "stars", "verdict", "cause", "change"];
  const ranked = checked.toSorted((one, other) => rank(other) - rank(one));
  const [best = "", worst = ""] = [ranked[0], ranked.at(-1)].map((each) => each?.saved.name);
  const next: [string, string][] = [
    ["Read a verdict", commandLine(["test-your-fix", scenario.slug, "--attempt", worst])],
    ["Choose one", commandLine(["attempt", "apply", best, scenario.slug])],
  ];
  return [
    heading("🧪 YOUR ATTEMPTS, SIDE BY SIDE", io),
    ...tableLines({ heads, rows: checked.map((each) => cells(each, io)) }, io),
    "",
    ...nextLines(next, io),
    "",
  ].join("\n");
}

/** Passes first, then stars. */
function rank({ verdict }: Checked): number {
  return (verdict.verdict === "pass" ? 10 : 0) + verdict.stars;
}

function cells({ saved, verdict, change }: Checked, io: Io): Cell[] {
  const [full, empty] = io.emoji ? ["★", "☆"] : ["*", "-"];
  const stars = `${full.repeat(verdict.stars)}${empty.repeat(3 - verdict.stars)}`;
  return [
    { text: saved.name },
    { text: saved.level?.toString() ?? "" },
    { text: saved.assistant ?? "" },
    { text: stars },
    { text: verdict.verdict, tone: verdict.verdict === "pass" ? "good" : "bad" },
    { text: verdict.cause ?? "" },
    { text: changeText(change) },
  ];
}

/** One object, ends with a newline. */
function comparisonJson({ slug }: Scenario, checked: readonly Checked[]): string {
  const told = checked.map(({ saved: { name, level, assistant, at }, verdict, change }) => {
    const { verdict: kind, stars, requiredStars, cause, counterexample, timing } = verdict;
    const property = counterexample?.property ?? null;
    return { name, level, assistant, at, verdict: kind, stars, requiredStars, cause, property, change, timing };
  });
  return `${JSON.stringify({ schemaVersion: 1, scenario: slug, attempts: told }, null, 2)}\n`;
}
