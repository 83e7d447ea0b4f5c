/** The diff of two short texts, line by line. */
import { expect, test } from "vitest";
import { renderDiff } from "./diff.ts";

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
