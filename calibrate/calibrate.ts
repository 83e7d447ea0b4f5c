/**
 * `npm run calibrate [-- <scenario>] [--only NAME]… [--seed TEXT] [--minutes N] [--json]`: is what the checker says true of real
 * servers? Serves every fix twice over one Redis and one database, under load, and compares with the verdict.
 * Exits 1 when something served untrue data that the checker had let pass, or when the comparison has a hole.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { WorkshopError } from "../src/errors.ts";
import { listScenarios } from "../src/scenario/index.ts";
import { type Calibration, type Row, calibrateScenario } from "./calibrate-scenario.ts";
import { findCandidates } from "./candidates.ts";
import { hasRedisServer } from "./redis-server.ts";
import { renderTable } from "./table.ts";

const root = join(import.meta.dirname, "..");
/** No fix begins after this, and bursts are shortened to fit: on two idle cores every fix has a turn well before. */
const MINUTES = 14;

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => interrupted.abort());
await run().catch((error: unknown) => {
  if (!(error instanceof WorkshopError)) throw error;
  console.error(`${error.message}\n${error.hint}`);
  process.exitCode = error.code === "usage" ? 2 : 6;
});

async function run(): Promise<void> {
  const { values, positionals } = readArguments();
  if (!hasRedisServer()) {
    const required = process.env["REQUIRE_SERVICES"] === "1";
    console.error(`calibrate: ${required ? "failed" : "skipped"}, because there is no redis-server on this machine.`);
    if (required) process.exitCode = 1;
    return;
  }
  const slugs = positionals.length > 0 ? positionals : await listScenarios(root);
  const deadline = values.minutes * 60_000;
  const counts = await Promise.all(slugs.map(async (slug) => (await findCandidates({ root, slug })).candidates.length));
  const calibrations: Calibration[] = [];
  for (const [n, slug] of slugs.entries()) {
    const left = counts.slice(n).reduce((sum, count) => sum + count, 0);
    const timeLimit = (deadline - performance.now()) * ((counts[n] ?? 0) / left);
    const limits = { timeLimit, deadline, signal: interrupted.signal };
    calibrations.push(await calibrateScenario({ ...values, ...limits, root, slug, onRow }));
  }
  const text = values.json ? JSON.stringify(calibrations, null, 2) : calibrations.map(renderTable).join("\n\n");
  console.log(text);
  if (calibrations.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}

interface Arguments {
  readonly values: { seed: string; only: string[]; json: boolean; minutes: number };
  readonly positionals: string[];
}

function readArguments(): Arguments {
  const { values, positionals } = parsedArguments();
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw wrongUsage(`--minutes must be a number above 0, not "${values.minutes}".`);
  return { values: { ...values, minutes }, positionals };
}

function parsedArguments(): {
  values: { seed: string; only: string[]; json: boolean; minutes: string };
  positionals: string[];
} {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        seed: { type: "string", default: "calibrate" },
        only: { type: "string", multiple: true, default: [] },
        minutes: { type: "string", default: String(MINUTES) },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

function wrongUsage(message: string): WorkshopError {
  const hint = "Options: --only NAME (again and again), --seed TEXT, --minutes N, --json.";
  return new WorkshopError({ code: "usage", message, hint });
}

/** A sign of life where somebody watches; the table comes at the end. */
function onRow({ name }: Row, done: number, count: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${done}/${count} ${name}${done === count ? "\n" : ""}`);
}
