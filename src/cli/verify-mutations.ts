/**
 * The checker's own mutation test: with one property or one repair switched off, at least one fix of the matrix must
 * come out otherwise. What nobody notices is not proved by anything.
 */
import { availableParallelism } from "node:os";
import type { Scenario } from "../vocabulary.ts";
import { inParallel } from "./in-parallel.ts";
import { type MatrixRow, runRow } from "./verify-row.ts";

const REPAIRS = [
  "one-instance",
  "redirect-key",
  "hold-acknowledgement",
  "mutate-after-commit",
  "set-becomes-delete",
  "inject-delete",
  "drop-stale-set",
  "separate-reads",
  "forget-answers",
] as const;

interface Mutating {
  readonly root: string;
  readonly scenario: Scenario;
  readonly rows: readonly MatrixRow[];
}

/** One line for each property and repair whose absence no row shows. */
export async function findUnnoticed({ root, scenario, rows }: Mutating): Promise<string[]> {
  const killed = rows.filter(({ expected }) => expected.verdict === "fail");
  const properties = [...new Set(rows.flatMap(({ verdict }) => verdict.properties.map(({ id }) => id)))];
  const mutations = [
    ...properties.map((id) => ({
      name: `property ${id}`,
      rows: killed.filter(({ expected }) => expected.property === id),
      without: { properties: [id], repairs: [] },
    })),
    ...REPAIRS.map((kind) => ({
      name: `repair ${kind}`,
      rows: eachCauseFirst(killed),
      without: { properties: [], repairs: [kind] },
    })),
  ];
  const found = await inParallel({
    items: mutations,
    atOnce: availableParallelism(),
    work: async ({ name, ...mutation }) =>
      (await isNoticed({ root, scenario, ...mutation })) ? [] : [`${name}: switched off, and no row shows it`],
  });
  return found.flat();
}

/** A repair proves one cause or two: whoever goes through the causes meets them long before all rows are through. */
function eachCauseFirst(rows: readonly MatrixRow[]): MatrixRow[] {
  const isFirst = (row: MatrixRow): boolean =>
    row === rows.find(({ expected }) => expected.cause === row.expected.cause);
  return [...rows.filter(isFirst), ...rows.filter((row) => !isFirst(row))];
}

async function isNoticed({
  root,
  scenario,
  rows,
  without,
}: Mutating & {
  without: { readonly properties: readonly string[]; readonly repairs: readonly string[] };
}): Promise<boolean> {
  for (const { expected } of rows) {
    const { problems } = await runRow({ root, scenario, expected, without });
    if (problems.length > 0) return true;
  }
  return false;
}
