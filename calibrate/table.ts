/** A calibration as text: a table, what the load did not show, and one line that sums it up. Pure. */
import type { Calibration, Row } from "./calibrate-scenario.ts";

const HEAD = ["", "fix", "requests", "in sequence", "after job", "in flight", "at rest", "failed", "checker", ""];
const MARKS = { agrees: "ok", clean: "ok", unseen: "ok", "too-kind": "WRONG" } as const;
const REMARKS = {
  agrees: "untrue here, and denied by the checker",
  clean: "",
  unseen: "failed by the checker, not seen here",
  "too-kind": "untrue here, and the checker was too kind",
} as const;

export function renderTable(calibration: Calibration): string {
  const lines = align([HEAD, ...calibration.rows.map(cells)]);
  const skipped = calibration.skipped.map(({ name, why }) => `skipped  ${name}: ${why}`);
  const problems = calibration.problems.map((problem) => `PROBLEM  ${problem}`);
  return [...lines, ...section(skipped), ...section(problems), "", summarise(calibration)].join("\n");
}

function summarise({ scenario, rows, problems }: Calibration): string {
  const count = (agreement: Row["agreement"]): number => rows.filter((row) => row.agreement === agreement).length;
  const requests = rows.reduce((sum, { seen }) => sum + seen.requests, 0);
  const outcome = problems.length === 0 ? "calibrated" : "NOT CALIBRATED";
  return [
    `${scenario}: ${outcome}. ${rows.length} fixes, ${requests} requests:`,
    `${count("agrees")} served untrue data and were denied by the checker,`,
    `${count("too-kind")} served it and were not, ${count("unseen")} failed there without showing it here,`,
    `${count("clean")} clean.`,
  ].join(" ");
}

function cells({ kind, name, agreement, seen, told }: Row): string[] {
  const checker = `${"★".repeat(told.stars)} ${told.verdict}${told.cause === null ? "" : ` ${told.cause}`}`.trim();
  const inFlight = seen.staleInFlight + seen.impossible;
  const { requests, untrueInSequence, untrueAfterJob, untrueAtRest, failed } = seen;
  const counts = [requests, untrueInSequence, untrueAfterJob, inFlight, untrueAtRest, failed].map(String);
  const title = kind === "starter" ? kind : `${kind}/${name}`;
  return [MARKS[agreement], title, ...counts, checker, REMARKS[agreement]];
}

function align(rows: readonly string[][]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", ...lines];
}
