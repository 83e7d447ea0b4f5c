/**
 * Runs the matrix again and again: a verdict that depends on the moment is worth nothing. Takes the rows of the first
 * round and a way to another; says after each round what it found, since twenty of them take an hour.
 */
import type { Verdict } from "../vocabulary.ts";
import type { Io } from "./io.ts";
import type { MatrixRow } from "./verify-row.ts";

/** One line for each row and round whose verdict was, outside `timing`, another than in the first round. */
export async function differencesInRepeats(repeating: {
  rows: readonly MatrixRow[];
  io: Pick<Io, "err">;
  /** The first one included. */
  rounds: number;
  again(): Promise<readonly MatrixRow[]>;
}): Promise<string[]> {
  const { rows, io, rounds, again } = repeating;
  const problems: string[] = [];
  for (let round = 2; round <= rounds; round += 1) {
    const found = differences(rows, await again()).map((what) => `${what} (round ${String(round)})`);
    const result = found.length === 0 ? "no verdict changed" : found.join("; ");
    io.err(`round ${String(round)} of ${String(rounds)}: ${result}\n`);
    problems.push(...found);
  }
  return problems;
}

function differences(first: readonly MatrixRow[], later: readonly MatrixRow[]): string[] {
  return first.flatMap(({ expected, verdict }, position) => {
    const now = later[position]?.verdict;
    if (withoutTiming(verdict) === withoutTiming(now)) return [];
    return [`${expected.kind}/${expected.name}: ${inShort(verdict)} became ${inShort(now)}`];
  });
}

function withoutTiming(verdict: Verdict | undefined): string {
  return JSON.stringify({ ...verdict, timing: {} });
}

function inShort(verdict: Verdict | undefined): string {
  if (verdict === undefined) return "nothing";
  const { cause, stars } = verdict;
  return [verdict.verdict, cause ?? "no cause", `${String(stars)} stars`].join(", ");
}
