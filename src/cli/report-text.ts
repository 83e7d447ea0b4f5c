/** What `report` says in the terminal once the page is written. Pure. */
import { Chalk } from "chalk";
import type { ScenarioReport, WorkshopReport } from "../vocabulary.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { starsText } from "./stars-text.ts";
import { wrapItem } from "./wrap-item.ts";

type Look = Pick<Io, "color" | "emoji" | "width">;

export function renderReportDone(done: { report: WorkshopReport; file: string; look: Look }): string {
  const { report, file, look } = done;
  const chalk = new Chalk({ level: look.color ? 1 : 0 });
  const rows = report.scenarios.map(
    (scenario) => `  ${scenario.slug}  ${starsText(scenario.stars, look)}  ${reached(scenario)}`,
  );
  const attempts = report.scenarios.reduce((sum, each) => sum + each.attempts.length, 0);
  return [
    `${chalk.bold(`${look.emoji ? "📄 " : ""}REPORT:`)} ${file}`,
    ...rows,
    ...(attempts === 0 ? wrapItem({ text: nothingYet(report), mark: "", look }) : []),
    "",
  ].join("\n");
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

function nothingYet({ scenarios }: WorkshopReport): string {
  const begun = scenarios.find(({ setUp }) => setUp);
  const [first] = scenarios;
  const slug = begun?.slug ?? first?.slug;
  const args = [begun === undefined ? "setup-test-data" : "test-your-fix", ...(slug === undefined ? [] : [slug])];
  return `Nothing has been checked in this folder yet. Begin with: ${commandLine(args)}`;
}
