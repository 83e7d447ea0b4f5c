/**
 * The checker's own mutation test: with one property or one repair switched off, at least one fix of the matrix must
 * come out otherwise. What nobody notices is not proved by anything.
 */
import type { Scenario } from "../vocabulary.ts";
import { type MatrixRow, runRow } from "./verify-row.ts";

const REPAIRS = [
  "one-instance",
  "redirect-key",
  "hold-acknowledgement",
  "mutate-after-commit",
  "set-becomes-delete",
  "inject-delete",
  "drop-stale-set",
] as const;

/** One line for each property and repair whose absence no row shows. */
export async function findUnnoticed(options: {
  root: string;
  scenario: Scenario;
  rows: readonly MatrixRow[];
}): Promise<string[]> {
  const killed = options.rows.filter(({ expected }) => expected.verdict === "fail");
  const properties = [...new Set(options.rows.flatMap(({ verdict }) => verdict.properties.map(({ id }) => id)))];
  const unnoticed: string[] = [];
  for (const id of properties) {
    const rows = killed.filter(({ expected }) => expected.property === id);
    if (!(await isNoticed({ ...options, rows, without: { properties: [id], repairs: [] } })))
      unnoticed.push(`property ${id}: switched off, and no row shows it`);
  }
  for (const kind of REPAIRS) {
    if (!(await isNoticed({ ...options, rows: killed, without: { properties: [], repairs: [kind] } })))
      unnoticed.push(`repair ${kind}: switched off, and no row shows it`);
  }
  return unnoticed;
}

async function isNoticed(options: {
  root: string;
  scenario: Scenario;
  rows: readonly MatrixRow[];
  without: { readonly properties: readonly string[]; readonly repairs: readonly string[] };
}): Promise<boolean> {
  const { root, scenario, rows, without } = options;
  for (const { expected } of rows) {
    const { problems } = await runRow({ root, scenario, expected, without });
    if (problems.length > 0) return true;
  }
  return false;
}
