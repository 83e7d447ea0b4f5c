/** What `report` says in the terminal once the page is written. Pure. */
import { Chalk } from "chalk";
import type { ScenarioReport, WorkshopReport } from "../vocabulary.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { nextStep } from "./next-step.ts";
import { starsText } from "./stars-text.ts";

type Look = Pick<Io, "color" | "emoji" | "width">;

export interface ReportDone {
  readonly report: WorkshopReport;
  /** As the reader can type it. */
  readonly file: string;
  /** The command that opens it; null: it is open. */
  readonly openCommand: string | null;
}

export function renderReportDone({ report, file, openCommand }: ReportDone, look: Look): string {
  const chalk = new Chalk({ level: look.color ? 1 : 0 });
  const heading = `${chalk.bold(`${look.emoji ? "📄 " : ""}REPORT:`)} ${file}`;
  const steps = [...beginning(report), ...(openCommand === null ? [] : ([["open it", openCommand]] as const))];
  const after = steps.length === 0 ? "" : `\n${nextStep(steps, look)}`;
  return `${[heading, ...rows(report.scenarios, look)].join("\n")}\n${after}`;
}

function rows(scenarios: readonly ScenarioReport[], look: Look): string[] {
  const widest = Math.max(0, ...scenarios.map(({ slug }) => slug.length));
  return scenarios.flatMap((scenario) => {
    const head = `  ${scenario.slug.padEnd(widest)}  ${starsText(scenario.stars, look)}`;
    const beside = `${head}  ${reached(scenario)}`;
    return beside.length <= look.width ? [beside] : [head, `    ${reached(scenario)}`];
  });
}

function reached({ trouble, setUp, attempts, firstPass }: ScenarioReport): string {
  if (trouble !== null) return "records cannot be read";
  if (attempts.length === 0) return setUp ? "no attempt yet" : "not set up";
  const counted = `${attempts.length} ${attempts.length === 1 ? "attempt" : "attempts"}`;
  return `${counted}, ${firstPass === null ? "not passed yet" : `passed at the ${ordinal(firstPass.attempts)}`}`;
}

function ordinal(count: number): string {
  const suffixes: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd" };
  return `${count}${suffixes[new Intl.PluralRules("en", { type: "ordinal" }).select(count)] ?? "th"}`;
}

/** What to type where nothing has been checked yet; nothing once something has. */
function beginning({ scenarios }: WorkshopReport): (readonly [string, string])[] {
  const begun = scenarios.find(({ setUp }) => setUp);
  const first = begun ?? scenarios[0];
  if (first === undefined || scenarios.some(({ attempts }) => attempts.length > 0)) return [];
  return [["begin with", commandLine([begun === undefined ? "setup-test-data" : "test-your-fix", first.slug])]];
}
