/**
 * Calibrates one scenario: every fix that serves, one after the other, first under load and then before the checker.
 * Gives rows and what is wrong with them; prints nothing.
 */
import { join } from "node:path";
import { WorkshopError } from "../src/errors.ts";
import { loadScenario } from "../src/scenario/index.ts";
import type { Scenario } from "../src/vocabulary.ts";
import { type Told, askChecker } from "./ask-checker.ts";
import { type Candidate, type Skipped, findCandidates } from "./candidates.ts";
import { type Agreement, compare } from "./compare.ts";
import type { Observation } from "./observation.ts";
import { inScratchFolder, observeFix, writeHandlers } from "./on-stage.ts";
import { NotServing } from "./open-servers.ts";
import { withRedisServer } from "./redis-server.ts";
import { findProblems } from "./problems.ts";

export interface CalibrateOptions {
  readonly root: string;
  readonly slug: string;
  readonly seed: string;
  /** Names of the fixes to run; empty: all. */
  readonly only: readonly string[];
  /** Milliseconds for everything: bursts are shortened to keep to it. */
  readonly timeLimit: number;
  /** By `performance.now()`: after it, no fix begins. */
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly onRow: (row: Row, done: number, count: number) => void;
}

export interface Row {
  readonly kind: Candidate["kind"];
  readonly name: string;
  readonly agreement: Agreement;
  readonly seen: Observation;
  readonly told: Told;
}

export interface Calibration {
  readonly scenario: string;
  readonly seed: string;
  readonly rows: readonly Row[];
  readonly skipped: readonly Skipped[];
  /** One line each; empty: the checker is calibrated. */
  readonly problems: readonly string[];
}

/** Milliseconds that a fix is thought to need besides its bursts (servers, one at a time, checker) until some have run. */
const FIRST_GUESS = 2_500;
/** Milliseconds of bursts. Who is said to be right has to stand more: there a missed mistake would be the checker's. */
const BURSTS = { rejected: { atLeast: 500, atMost: 3_000 }, accepted: 6_000 };
/** Fixes on stage at the same time: one waits for its servers while the other computes. */
const LANES = 2;

export async function calibrateScenario(options: CalibrateOptions): Promise<Calibration> {
  const { slug, seed, only } = options;
  const scenario = await loadScenario(options);
  const found = await findCandidates(options);
  const candidates = chosen(found.candidates, only);
  const skipped = only.length === 0 ? found.skipped : [];
  const work = (folder: string): Promise<Ran> =>
    withRedisServer(folder, ({ url }) =>
      runAll({ ...options, scenario, candidates, redis: url, compiled: join(folder, "compiled") }),
    );
  const ran = await inScratchFolder(work);
  const problems = [...ran.problems, ...findProblems({ rows: ran.rows, everything: only.length === 0 })];
  return { scenario: slug, seed, rows: ran.rows, skipped: [...skipped, ...ran.skipped], problems };
}

/** Throws a usage error for a name that no fix has. */
function chosen(candidates: readonly Candidate[], only: readonly string[]): readonly Candidate[] {
  const unknown = only.filter((name) => !candidates.some((candidate) => candidate.name === name));
  if (unknown.length === 0)
    return only.length === 0 ? candidates : candidates.filter(({ name }) => only.includes(name));
  const message = `No fix that serves is called ${unknown.join(", ")}.`;
  throw new WorkshopError({ code: "usage", message, hint: "Name folders of accepted/ or rejected/, or starter." });
}

interface Ran {
  readonly rows: Row[];
  readonly skipped: Skipped[];
  readonly problems: string[];
}

interface Running extends CalibrateOptions {
  readonly scenario: Scenario;
  readonly candidates: readonly Candidate[];
  readonly redis: (database: number) => string;
  readonly compiled: string;
}

async function runAll(running: Running): Promise<Ran> {
  const ran: Ran = { rows: [], skipped: [], problems: [] };
  const waiting = [...running.candidates.entries()];
  const end = performance.now() + running.timeLimit;
  let besides = FIRST_GUESS;
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [position, candidate] = next;
      const begun = performance.now();
      if (begun > running.deadline || running.signal.aborted) return void waiting.unshift(next);
      const timeLimit = burstTime(candidate, (LANES * (end - begun)) / (waiting.length + 1) - besides);
      const spent = await runInto(ran, running, { candidate, position, timeLimit });
      besides = (besides + Math.max(0, performance.now() - begun - spent)) / 2;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const why = running.signal.aborted ? "it was interrupted" : "the time was up";
  if (waiting.length > 0) ran.problems.push(`not run, because ${why}: ${waiting.length}`);
  return inOrder(ran, running.candidates);
}

function burstTime({ kind }: Candidate, share: number): number {
  const { accepted, rejected } = BURSTS;
  return kind === "accepted" ? accepted : Math.min(rejected.atMost, Math.max(rejected.atLeast, share));
}

/** Lanes finish in any order; a table should not. */
function inOrder(ran: Ran, candidates: readonly Candidate[]): Ran {
  const names = candidates.map(({ name }) => name);
  return { ...ran, rows: ran.rows.sort((one, other) => names.indexOf(one.name) - names.indexOf(other.name)) };
}

interface Turn {
  readonly candidate: Candidate;
  readonly position: number;
  readonly timeLimit: number;
}

/**
 * Gives the milliseconds that the bursts took. A rejected fix may be unable to serve at all; anything else that goes
 * wrong leaves a hole in the calibration.
 */
async function runInto(ran: Ran, running: Running, turn: Turn): Promise<number> {
  const { kind, name } = turn.candidate;
  try {
    const row = await inScratchFolder(async (folder) => runOne(running, turn, folder));
    ran.rows.push(row);
    running.onRow(row, ran.rows.length, running.candidates.length);
    return row.seen.milliseconds;
  } catch (error) {
    const why = running.signal.aborted ? "interrupted" : error instanceof Error ? error.message : String(error);
    if (error instanceof NotServing && kind === "rejected" && !running.signal.aborted) ran.skipped.push({ name, why });
    else ran.problems.push(`${name}: ${why}`);
    return 0;
  }
}

async function runOne(running: Running, { candidate, position, timeLimit }: Turn, folder: string): Promise<Row> {
  const { root, slug, signal } = running;
  const seen = await observeFix({ ...running, candidate, redis: running.redis(position), timeLimit }, folder);
  const handlers = join(folder, slug);
  await writeHandlers(handlers, candidate.files);
  const told = await askChecker({ root, slug, folder: handlers, signal });
  return { kind: candidate.kind, name: candidate.name, agreement: compare(seen, told), seen, told };
}
