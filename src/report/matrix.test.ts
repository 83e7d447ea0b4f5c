import stringWidth from "string-width";
import { expect, test } from "vitest";
import { type Matrix, matrixJson, type MatrixOutcome, type MatrixRow, renderMatrix } from "./matrix.ts";

const passes: MatrixOutcome = { verdict: "pass", cause: null, property: null, star: 2 };
const fails: MatrixOutcome = { verdict: "fail", cause: "wrong-key", property: "fresh-in-sequence", star: 1 };
const crashes: MatrixOutcome = { verdict: "crashed", cause: "syntax-error", property: null, star: null };

const rows: readonly MatrixRow[] = [
  { kind: "rejected", name: "wrong-key-plural", expected: fails, actual: fails, ok: true, milliseconds: 311.6 },
  { kind: "rejected", name: "wrong-key-prefix", expected: fails, actual: passes, ok: false, milliseconds: 290 },
  { kind: "accepted", name: "delete-after-write", expected: passes, actual: passes, ok: true },
  { kind: "starter", name: "starter", expected: crashes, actual: crashes, ok: true },
];
const matrix: Matrix = { scenario: "stale-statistics", rows, problems: [] };

test("the table groups by kind, shows what came out, and counts at the end", () => {
  expect(render(matrix)).toBe(
    [
      "KILL MATRIX  stale-statistics",
      "",
      "starter",
      "  ✔ starter      crashed syntax-error",
      "",
      "accepted",
      "  ✔ delete-after-write  ★★  pass",
      "",
      "rejected",
      "  ✔ wrong-key-plural  ★   fail wrong-key (fresh-in-sequence)              312 ms",
      "  ✘ wrong-key-prefix  ★★  pass                                            290 ms",
      "            expected  ★   fail wrong-key (fresh-in-sequence)",
      "",
      "3 passed, 1 failed",
      "",
    ].join("\n"),
  );
});

test("problems of the matrix are listed and counted, and fit", () => {
  const text = render({
    ...matrix,
    rows: rows.slice(2),
    problems: [
      { text: "precise: no rejected fix is killed by it", todo: "add one" },
      { text: "still-cached: no rejected fix is killed by it", todo: "add one" },
      { text: "word ".repeat(40), todo: "word ".repeat(40) },
    ],
  });
  expect(text).toContain(
    [
      "  - precise: no rejected fix is killed by it",
      "  - still-cached: no rejected fix is killed by it",
      "    → add one",
      "  - word",
    ].join("\n"),
  );
  expect(text).toContain("2 passed, 0 failed, 3 problems\n");
  expect(text.split("\n").filter((line) => stringWidth(line) > 80)).toEqual([]);
});

test("long names are cut, and the columns stay where they are", () => {
  const long = rows.map((row) => ({ ...row, name: `${row.name}-${"x".repeat(60)}` }));
  const text = render({ ...matrix, rows: long });
  expect(text.split("\n").filter((line) => stringWidth(line) > 80)).toEqual([]);
  expect(text).toContain("…");
});

test("red where something failed, green where nothing did; no rows are no success", () => {
  const last = (shown: Matrix): string | undefined =>
    renderMatrix(shown, { color: true, emoji: true, width: 80 }).trimEnd().split("\n").at(-1);
  expect(last(matrix)).toBe("\u001B[31m3 passed, 1 failed\u001B[39m");
  expect(last({ ...matrix, rows: rows.slice(2) })).toBe("\u001B[32m2 passed, 0 failed\u001B[39m");
  expect(last({ ...matrix, rows: [] })).toBe("\u001B[31mnothing was run\u001B[39m");
});

test("the plain alphabet is ASCII", () => {
  // eslint-disable-next-line no-control-regex -- all of ASCII is meant
  expect(renderMatrix(matrix, { color: false, emoji: false, width: 80 })).toMatch(/^[\x00-\x7F]*$/u);
});

test("as JSON the rows are whole and counted", () => {
  expect(JSON.parse(matrixJson({ ...matrix, problems: [{ text: "one", todo: "do" }] }))).toEqual({
    schemaVersion: 1,
    scenario: "stale-statistics",
    passed: 3,
    failed: 1,
    problems: ["one"],
    todo: ["do"],
    rows,
  });
});

test("in a narrow terminal what came out stands below the name, and nothing is wider", () => {
  const text = renderMatrix(matrix, { color: false, emoji: true, width: 40 });
  expect(text).toContain("  ✘ wrong-key-prefix\n    ★★  pass\n    expected ★   fail wrong-key\n");
  expect(Math.max(...text.split("\n").map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
});

function render(shown: Matrix): string {
  return renderMatrix(shown, { color: false, emoji: true, width: 80 });
}
