/**
 * `verify`: the kill matrix. The folder must be complete; the starter must fail with its cause, every accepted fix pass
 * with its stars, every rejected fix fail as declared; every property must kill something; the hints must be complete and
 * true. Prints a table or JSON.
 */
import { availableParallelism } from "node:os";
import { WorkshopError } from "../errors.ts";
import { killMatrix } from "../report/index.ts";
import { hints, listScenarios } from "../scenario/index.ts";
import type { Scenario } from "../vocabulary.ts";
import { inParallel } from "./in-parallel.ts";
import type { Io } from "./io.ts";
import { expectationsOf, killerOf } from "./verify-expectations.ts";
import { type Inspection, inspectScenario } from "./verify-folder.ts";
import { findUnnoticed } from "./verify-mutations.ts";
import {
  CHECKER_TODO,
  HINTS_TODO,
  IDLE_TODO,
  type MatrixProblem,
  rowProblems,
  SAMPLES_TODO,
} from "./verify-problem.ts";
import { differencesInRepeats } from "./verify-repeat.ts";
import { sampleProblems } from "./verify-samples.ts";
import { type MatrixRow, runRow } from "./verify-row.ts";

export interface VerifyOptions {
  readonly scenario?: string;
  readonly json?: boolean;
  /** Run the matrix this many times; every verdict must be the same each time. */
  readonly repeat?: number;
  /** More checks at once than the machine has cores for. */
  readonly load?: boolean;
  /** Switch off each property and each repair in turn; the matrix must notice. */
  readonly mutate?: boolean;
}

export async function run(options: VerifyOptions, io: Io): Promise<number> {
  const slugs = options.scenario === undefined ? await listScenarios(io.root) : [options.scenario];
  const inspected = await Promise.all(slugs.map((slug) => inspectScenario({ root: io.root, slug })));
  if (inspected.length === 0)
    throw new WorkshopError({
      code: "environment",
      message: "There is no scenario to verify.",
      hint: "Add one under scenarios/.",
    });
  return await verifyAll({ inspected, options, io });
}

async function verifyAll(verifying: {
  inspected: readonly Inspection[];
  options: VerifyOptions;
  io: Io;
}): Promise<number> {
  const { inspected, options, io } = verifying;
  let failed = 0;
  for (const { slug, scenario, problems: found } of inspected) {
    const rows = scenario === null ? [] : await runMatrix({ scenario, io, load: options.load === true });
    const problems = [...found, ...(scenario === null ? [] : await matrixProblems({ scenario, rows, options, io }))];
    const matrix = { scenario: slug, rows: rows.map(toReportRow), problems };
    io.out(options.json === true ? killMatrix.matrixJson(matrix) : killMatrix.renderMatrix(matrix, io));
    failed += problems.length;
  }
  return failed === 0 ? 0 : 1;
}

async function matrixProblems(verified: {
  scenario: Scenario;
  rows: readonly MatrixRow[];
  options: VerifyOptions;
  io: Io;
}): Promise<MatrixProblem[]> {
  const { scenario, rows, options, io } = verified;
  const place = { root: io.root, slug: scenario.slug };
  return [
    ...rows.flatMap(rowProblems),
    ...advised(idleProperties(rows), IDLE_TODO),
    ...advised(await hints.problems(place), HINTS_TODO),
    ...advised(await sampleProblems(place), SAMPLES_TODO),
    ...advised(
      await differencesInRepeats({
        rows,
        io,
        rounds: options.repeat ?? 1,
        again: () => runMatrix({ scenario, io, load: options.load === true }),
      }),
      CHECKER_TODO,
    ),
    ...(options.mutate === true ? advised(await findUnnoticed({ root: io.root, scenario, rows }), CHECKER_TODO) : []),
  ];
}

function advised(texts: readonly string[], todo: string): MatrixProblem[] {
  return texts.map((text) => ({ text, todo }));
}

/** Checks that run at once for each core. Each has up to five processes, and all of them want the processor. */
const CROWD = 3;

async function runMatrix({ scenario, io, load }: { scenario: Scenario; io: Io; load: boolean }): Promise<MatrixRow[]> {
  const expectations = await expectationsOf({ root: io.root, scenario });
  return await inParallel({
    items: expectations,
    atOnce: availableParallelism() * (load ? CROWD : 1),
    work: async (expected) => await runRow({ root: io.root, scenario, expected }),
  });
}

/** A property that kills no fix may be broken itself: nothing would show it. */
function idleProperties(rows: readonly MatrixRow[]): string[] {
  const known = new Set(rows.flatMap(({ verdict }) => verdict.properties.map(({ id }) => id)));
  const killers = new Set(rows.map(({ verdict }) => killerOf(verdict)?.property));
  return [...known].filter((id) => !killers.has(id)).map((id) => `${id}: no rejected fix is killed by it`);
}

function toReportRow({
  expected,
  verdict,
  problems,
}: MatrixRow): Parameters<typeof killMatrix.renderMatrix>[0]["rows"][number] {
  const killer = killerOf(verdict);
  const { kind, name, verdict: wanted, cause, property, star } = expected;
  return {
    kind,
    name,
    expected: { verdict: wanted, cause, property, star },
    actual: {
      verdict: verdict.verdict,
      cause: verdict.cause,
      property: killer?.property ?? null,
      star: wanted === "pass" ? verdict.stars : (killer?.star ?? null),
    },
    ok: problems.length === 0,
    milliseconds: verdict.timing["total"] ?? 0,
  };
}
