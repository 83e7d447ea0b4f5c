/**
 * `verify`: the kill matrix. The starter must fail with its cause, every accepted fix pass with its stars, every
 * rejected fix fail as declared; every property must kill something; the hints must be complete and true. Prints a table
 * or JSON.
 */
import { availableParallelism } from "node:os";
import { WorkshopError } from "../errors.ts";
import { renderMatrix, matrixJson } from "../report/index.ts";
import { hints, listScenarios, loadScenario } from "../scenario/index.ts";
import type { Scenario, Verdict } from "../vocabulary.ts";
import { inParallel } from "./in-parallel.ts";
import type { Io } from "./io.ts";
import { expectationsOf, killerOf } from "./verify-expectations.ts";
import { withBusyCores } from "./busy-cores.ts";
import { findUnnoticed } from "./verify-mutations.ts";
import { sampleProblems } from "./verify-samples.ts";
import { type MatrixRow, runRow } from "./verify-row.ts";

export interface VerifyOptions {
  readonly scenario?: string;
  readonly json?: boolean;
  /** Run the matrix this many times; every verdict must be the same each time. */
  readonly repeat?: number;
  /** Keep every core busy meanwhile. */
  readonly load?: boolean;
  /** Switch off each property and each repair in turn; the matrix must notice. */
  readonly mutate?: boolean;
}

export async function run(options: VerifyOptions, io: Io): Promise<number> {
  const slugs = options.scenario === undefined ? await listScenarios(io.root) : [options.scenario];
  const scenarios = await Promise.all(slugs.map((slug) => loadScenario({ root: io.root, slug })));
  if (scenarios.length === 0)
    throw new WorkshopError({
      code: "environment",
      message: "There is no scenario to verify.",
      hint: "Add one under scenarios/.",
    });
  const work = async (): Promise<number> => await verifyAll({ scenarios, options, io });
  return options.load === true ? await withBusyCores(work) : await work();
}

async function verifyAll(verifying: {
  scenarios: readonly Scenario[];
  options: VerifyOptions;
  io: Io;
}): Promise<number> {
  const { scenarios, options, io } = verifying;
  let failed = 0;
  for (const scenario of scenarios) {
    const rows = await runMatrix({ scenario, io });
    const problems = [...rows.flatMap(({ problems: found }) => found), ...idleProperties(rows)];
    problems.push(...(await hints.problems({ root: io.root, slug: scenario.slug })));
    problems.push(...(await sampleProblems({ root: io.root, slug: scenario.slug })));
    problems.push(...(await differencesInRepeats({ scenario, rows, io, repeat: options.repeat ?? 1 })));
    if (options.mutate === true) problems.push(...(await findUnnoticed({ root: io.root, scenario, rows })));
    io.out(
      options.json === true
        ? matrixJson({ scenario: scenario.slug, rows: rows.map(toReportRow), problems })
        : renderMatrix({ rows: rows.map(toReportRow), problems, scenario: scenario.slug }, io),
    );
    failed += problems.length;
  }
  return failed === 0 ? 0 : 1;
}

async function runMatrix({ scenario, io }: { scenario: Scenario; io: Io }): Promise<MatrixRow[]> {
  const expectations = await expectationsOf({ root: io.root, scenario });
  return await inParallel({
    items: expectations,
    atOnce: availableParallelism(),
    work: async (expected) => await runRow({ root: io.root, scenario, expected }),
  });
}

/** A property that kills no fix may be broken itself: nothing would show it. */
function idleProperties(rows: readonly MatrixRow[]): string[] {
  const known = new Set(rows.flatMap(({ verdict }) => verdict.properties.map(({ id }) => id)));
  const killers = new Set(rows.map(({ verdict }) => killerOf(verdict)?.property));
  return [...known].filter((id) => !killers.has(id)).map((id) => `${id}: no rejected fix is killed by it`);
}

async function differencesInRepeats(repeating: {
  scenario: Scenario;
  rows: readonly MatrixRow[];
  io: Io;
  repeat: number;
}): Promise<string[]> {
  const { scenario, rows, io, repeat } = repeating;
  const problems: string[] = [];
  for (let round = 2; round <= repeat; round += 1) {
    const again = await runMatrix({ scenario, io });
    for (const [position, row] of again.entries()) {
      if (withoutTiming(row.verdict) !== withoutTiming(rows[position]?.verdict)) {
        problems.push(
          `${row.expected.kind}/${row.expected.name}: round ${String(round)} gave another verdict than round 1`,
        );
      }
    }
    io.err(`round ${String(round)} of ${String(repeat)}\n`);
  }
  return problems;
}

function withoutTiming(verdict: Verdict | undefined): string {
  return JSON.stringify({ ...verdict, timing: {} });
}

function toReportRow({ expected, verdict, problems }: MatrixRow): Parameters<typeof renderMatrix>[0]["rows"][number] {
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
