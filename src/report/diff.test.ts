/** The diff of two short texts, line by line. */
import { expect, test } from "vitest";
import { changeSize, renderDiff } from "./diff.ts";

test("shows what goes and what comes, with line numbers and context", () => {
  const before = "one\ntwo\nthree\n";
  const after = "one\n2\nthree\nfour\n";
  expect(renderDiff({ name: "n.ts", before, after, color: false })).toBe(
    "n.ts\n@@ -1,3 +1,4 @@\n one\n-two\n+2\n three\n+four\n",
  );
});

test("equal texts have no diff", () => {
  expect(renderDiff({ name: "n.ts", before: "a\n", after: "a\n", color: true })).toBe("");
});

test("the size of a change is counted over all files, and a new file is all added", () => {
  const before = new Map([
    ["a.ts", "one\ntwo\nthree\n"],
    ["gone.ts", "x\n"],
  ]);
  const after = new Map([
    ["a.ts", "one\n2\nthree\nfour\n"],
    ["new.ts", "x\ny\n"],
  ]);
  expect(changeSize({ before, after })).toEqual({ added: 4, removed: 1 });
  expect(changeSize({ before, after: before })).toEqual({ added: 0, removed: 0 });
});
