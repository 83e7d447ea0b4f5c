/** Rows in columns as wide as what is in them; where that is too wide, one block for each row. Prints nothing. */
import stringWidth from "string-width";
import { factLines, type Look, painter } from "./prose.ts";

export interface Cell {
  readonly text: string;
  readonly tone?: "good" | "bad";
}

/** The first column names its row. A column in which every cell is empty is left out. */
export function tableLines(
  table: { heads: readonly string[]; rows: readonly (readonly Cell[])[] },
  look: Look,
): string[] {
  const used = table.heads.map((_, column) => table.rows.some((row) => (row[column]?.text ?? "") !== ""));
  const keep = <Each>(cells: readonly Each[]): Each[] => cells.filter((_, column) => used[column]);
  const heads = keep(table.heads);
  const rows = table.rows.map(keep);
  const widths = heads.map((head, column) =>
    Math.max(...[head, ...rows.map((row) => row[column]?.text ?? "")].map(width)),
  );
  const total = widths.reduce((sum, each) => sum + each + GAP, 0);
  return total <= look.width ? besides(heads, { rows, widths }, look) : blocks(heads, rows, look);
}

/** Spaces before each column. */
const GAP = 2;
/** Of what belongs to a row, below its name. */
const INDENT = "  ";
const width = (text: string): number => stringWidth(text);

function besides(
  heads: readonly string[],
  { rows, widths }: { rows: readonly (readonly Cell[])[]; widths: readonly number[] },
  look: Look,
): string[] {
  const pad = (text: string, column: number): string => " ".repeat(Math.max((widths[column] ?? 0) - width(text), 0));
  const line = (cells: readonly { text: string; shown: string }[]): string =>
    cells
      .map(({ text, shown }, column) => `${" ".repeat(GAP)}${shown}${pad(text, column)}`)
      .join("")
      .trimEnd();
  return [
    line(heads.map((text) => ({ text, shown: painter(look).dim(text) }))),
    ...rows.map((row) => line(row.map((cell) => ({ text: cell.text, shown: painted(cell, look) })))),
  ];
}

function blocks(heads: readonly string[], rows: readonly (readonly Cell[])[], look: Look): string[] {
  const within = { ...look, width: look.width - INDENT.length };
  return rows.flatMap(([name, ...cells], nth) => [
    ...(nth === 0 ? [] : [""]),
    `  ${painter(look).bold(name?.text ?? "")}`,
    ...factLines(
      cells.flatMap((cell, column) => (cell.text === "" ? [] : [[heads[column + 1] ?? "", painted(cell, look)]])),
      within,
    ).map((line) => `${INDENT}${line}`),
  ]);
}

function painted({ text, tone }: Cell, look: Look): string {
  if (tone === undefined) return text;
  return tone === "good" ? painter(look).green(text) : painter(look).red(text);
}
