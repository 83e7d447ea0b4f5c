/** Errors that only compiling shows, found again in the file, on the line and in the column of the original. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findSyntaxError } from "./find-syntax-error.ts";

const FINE =
  'import { a,\n  b } from "./b.ts";\nimport "x";\nexport { c } from "y";\nexport default async function d() {}\nexport const e = await a(b);\n';

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "syntax-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test.each([
  [
    "a name declared twice",
    "export const id = 1;\n\n  const id = 2;\n",
    "Identifier 'id' has already been declared",
    [9, 9],
  ],
  ["a label that is none", "for (;;) {\n  break nowhere;\n}\n", "Undefined label 'nowhere'", [8, 9]],
  ["a word that strict code reserves", "  let static = 1;\n", "Unexpected strict mode reserved word", [7, 7]],
] as const)("%s, below imports and exports", (...[, wrong, message, [line, column]]) => {
  const folder = folderOf({ "fine.ts": FINE, "deep/wrong.ts": FINE + wrong, "notes.json": "{" });
  expect(findSyntaxError(folder, message)).toEqual({ file: "deep/wrong.ts", line, column });
});

test("another error than the one that was told is not taken for it", () => {
  const folder = folderOf({ "wrong.ts": "break;\n" });
  expect(findSyntaxError(folder, "Identifier 'id' has already been declared")).toBeNull();
});
