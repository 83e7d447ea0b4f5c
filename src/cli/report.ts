/** `report`: what happened in this folder's workshop, as a page or as JSON. Joins records with words; changes none. */
import { basename, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { WorkshopError } from "../errors.ts";
import { workshopReport } from "../report/index.ts";
import { hints, listScenarios, loadScenario } from "../scenario/index.ts";
import type { ScenarioReport, WorkshopReport } from "../vocabulary.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { packageFacts } from "./package-facts.ts";
import { readProgress } from "./read-progress.ts";
import { writeReportFile } from "./report-file.ts";
import { reportScenario } from "./report-scenario.ts";
import { renderReportDone } from "./report-text.ts";
import { isoNow, localTime } from "./wall-clock.ts";

export interface ReportOptions {
  readonly scenario?: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly open?: boolean;
}

const USUAL_FILE = "stale-stats-report.html";

export async function run(options: ReportOptions, io: Io): Promise<number> {
  if (options.json === true && (options.out !== undefined || options.open === true)) throw onlyOneShape();
  const report = await makeReport({ ...options, writtenAt: isoNow() }, io);
  if (options.json === true) {
    io.out(workshopReport.json(report));
    return 0;
  }
  const file = resolve(io.cwd, options.out ?? USUAL_FILE);
  const text = await workshopReport.page(report, { localTime, command: commandLine });
  await writeReportFile(file, { text, isOurs: workshopReport.isPage, what: "report", option: "--out" });
  const openCommand = options.open === true ? null : commandLine(openArgs(options));
  io.out(renderReportDone({ report, file: relative(io.cwd, file), openCommand }, io));
  if (options.open === true) await openInBrowser(pathToFileURL(file).href, io);
  return 0;
}

/** `writtenAt` is an ISO time. Rejects with a usage error for a scenario that does not exist. */
export async function makeReport(
  asked: { readonly scenario?: string; readonly writtenAt: string },
  io: Pick<Io, "cwd" | "root">,
): Promise<WorkshopReport> {
  const slugs = asked.scenario === undefined ? await listScenarios(io.root) : [asked.scenario];
  return {
    schemaVersion: 1,
    folder: basename(io.cwd),
    writtenAt: asked.writtenAt,
    version: packageFacts(io.root).version,
    scenarios: inReadingOrder(await Promise.all(slugs.map((slug) => scenarioReport(slug, io)))),
  };
}

/** The shortest lesson first, as in `list`: whoever is new begins at the top. */
function inReadingOrder(scenarios: readonly ScenarioReport[]): ScenarioReport[] {
  return scenarios.toSorted((one, other) => one.minutes - other.minutes);
}

async function scenarioReport(slug: string, io: Pick<Io, "cwd" | "root">): Promise<ScenarioReport> {
  const scenario = await loadScenario({ root: io.root, slug });
  const recorded = await readProgress({ home: join(io.cwd, "workshop"), slug });
  return reportScenario({ scenario, recorded, rungNames: hints.names });
}

function openArgs({ scenario, out }: ReportOptions): string[] {
  return [
    "report",
    ...(scenario === undefined ? [] : [scenario]),
    ...(out === undefined ? [] : ["--out", out]),
    "--open",
  ];
}

function onlyOneShape(): WorkshopError {
  return new WorkshopError({
    code: "usage",
    message: "--json prints the report; it goes with neither --out nor --open.",
    hint: `Leave one of them out, or put it into a file: ${commandLine(["report", "--json"])} > report.json`,
  });
}
