/** One row of the kill matrix: checks the files of an expectation and says what came out otherwise. */
import type { Scenario, Verdict } from "../vocabulary.ts";
import { checkHandlers } from "./check-handlers.ts";
import { DEFAULT_BUDGET } from "./check-settings.ts";
import { type Expectation, mismatches } from "./verify-expectations.ts";

export interface MatrixRow {
  readonly scenario: string;
  readonly expected: Expectation;
  readonly verdict: Verdict;
  readonly problems: readonly string[];
}

export async function runRow(row: {
  root: string;
  scenario: Scenario;
  expected: Expectation;
  without?: { readonly properties: readonly string[]; readonly repairs: readonly string[] };
}): Promise<MatrixRow> {
  const { root, scenario, expected, without } = row;
  const settings = {
    seed: "verify",
    stars: expected.demanded,
    budget: DEFAULT_BUDGET,
    thorough: false,
    without: without ?? { properties: [], repairs: [] },
  };
  const verdict = await checkHandlers({ root, scenario, files: expected.files, settings });
  return {
    scenario: scenario.slug,
    expected,
    verdict,
    problems: mismatches(expected, verdict).map((text) => `${expected.kind}/${expected.name}: ${text}`),
  };
}
