/** Placeholders against two small files: found, found twice, lost. */
import { expect, test } from "vitest";
import { fillPlaceholders, namesNotIn } from "./placeholders.ts";

const files = new Map([
  ["a.ts", "one();\n  two(`x_${id}`);\ntwo();\n"],
  ["b.ts", ""],
]);

test("a line is found by the text it holds, the first one counts, and its code comes without indentation", () => {
  expect(fillPlaceholders("line {{line:a.ts:two(}}: {{code:a.ts:${id}}}!", files)).toEqual({
    text: "line 2: two(`x_${id}`);!",
    references: [
      { file: "a.ts", text: "two(", line: 2 },
      { file: "a.ts", text: "${id}", line: 2 },
    ],
  });
});

test.each([
  ["{{line:a.ts:three}}", "?", "a.ts"],
  ["{{line:b.ts:one}}", "?", "b.ts"],
  ["{{line:c.ts:one}}", "?", "c.ts"],
  ["{{code:b.ts:one}}", "…", "b.ts"],
])("%s that is no longer there is %s, never a number", (text, shown, file) => {
  const filled = fillPlaceholders(text, files);
  expect(filled.text).toBe(shown);
  expect(filled.references).toEqual([expect.objectContaining({ file, line: null })]);
});

test("names in backticks are looked for in the files and among their names, each once", () => {
  expect(namesNotIn("`one` in `a.ts`, `gone` and `gone` again, but not this", files)).toEqual(["gone"]);
});
