/** The mistakes that people make in this lesson: each is named, with its file and line where it has one; none passes. */
import { expect, test, vi } from "vitest";
import { folderWith, handlersWith } from "./checked-folder.test-support.ts";

// Whole checks, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 120_000 });

const DELETE = "  await cache.delete(`dataset_stats_${id}`);";

const COUNTED_EARLY = `  const kept = await db.get(
    \`SELECT id AS dataset_id, name,
        (SELECT COUNT(*) FROM audit_logs WHERE dataset_id = datasets.id AND action = 'download') AS total_downloads,
        (SELECT COUNT(DISTINCT user_id) FROM audit_logs WHERE dataset_id = datasets.id AND action = 'download')
          AS unique_downloaders,
        (SELECT MAX(created_at) FROM audit_logs WHERE dataset_id = datasets.id AND action = 'download')
          AS last_download_at
      FROM datasets WHERE id = ?\`,
    id,
  );`;

/** The line, counted from 1, on which this text stands. */
function lineOf(files: ReadonlyMap<string, string>, text: string): number {
  const lines = (files.get("downloads.ts") ?? "").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

test("a wrong key: the key that was used and the key that is read", async () => {
  const files = handlersWith({ from: DELETE, to: "  await cache.delete(`dataset-stats-${id}`);" });
  const { verdict, cause, counterexample } = await folderWith(files).verdict();
  expect({ verdict, cause }).toEqual({ verdict: "fail", cause: "wrong-key" });
  expect(counterexample?.keys).toEqual({ used: "dataset-stats-1", read: "dataset_stats_1" });
  const [line, column] = [lineOf(files, "dataset-stats-"), DELETE.indexOf("delete") + 1];
  expect(counterexample?.location).toEqual({ file: "downloads.ts", line, column });
});

test("cache used without taking it from c.var: the name and its line", async () => {
  const files = handlersWith({ from: "const { cache, db } = c.var;", to: "const { db } = c.var;" });
  const verdict = await folderWith(files).verdict();
  expect(verdict).toMatchObject({
    verdict: "crashed",
    cause: "undefined-name",
    fault: {
      message: "ReferenceError: cache is not defined",
      location: { file: "downloads.ts", line: lineOf(files, "cache.delete") },
    },
  });
});

test("a syntax error: its line and column", async () => {
  const files = handlersWith({ from: "if (!user) return", to: "if (!user return" });
  const column = "  if (!user return".indexOf("return") + 1;
  const { fault, ...verdict } = await folderWith(files).verdict();
  expect(verdict).toMatchObject({ verdict: "crashed", cause: "syntax-error" });
  expect(fault?.location).toEqual({ file: "downloads.ts", line: lineOf(files, "if (!user return"), column });
});

test("a syntax error that only JavaScript finds: its line", async () => {
  const files = handlersWith({ from: DELETE, to: "  const id = 5;" });
  const { fault, ...verdict } = await folderWith(files).verdict();
  expect(verdict).toMatchObject({ verdict: "crashed", cause: "syntax-error" });
  expect(fault?.location).toMatchObject({ file: "downloads.ts", line: lineOf(files, "const id = 5") });
});

test("a missing export: what the file exports instead", async () => {
  const files = handlersWith({ from: "function downloadDataset", to: "function download" });
  const verdict = await folderWith(files).verdict();
  expect(verdict).toMatchObject({
    verdict: "crashed",
    cause: "export-missing",
    fault: { location: { file: "downloads.ts" } },
  });
  expect(verdict.message).toContain("downloadDataset");
  expect(verdict.message).toContain("it exports download");
});

test.each([
  ["lru-cache", "forbidden-import", "There is no package lru-cache here: handlers use c.var and files of their own"],
  ["node:fs", "forbidden-import", "A handler may not import node:fs: it gets what it needs from c.var"],
  ["node:os", "forbidden-import", "A handler may not import node:os: it gets what it needs from c.var"],
  ["./nowhere.ts", "undefined-name", "There is no file ./nowhere.ts"],
])("an import of %s, which is not to be had: its line and column", async (specifier, cause, message) => {
  const first = 'import type { Context } from "stale-stats";';
  const added = `import * as more from "${specifier}";`;
  const files = handlersWith({ from: first, to: `${first}\n${added}\nvoid more;` });
  const verdict = await folderWith(files).verdict();
  const location = { file: "downloads.ts", line: lineOf(files, added), column: added.indexOf('"') + 1 };
  expect(verdict).toMatchObject({ cause, fault: { message, location } });
});

test("a number written into the code", async () => {
  const files = handlersWith({
    base: "starter",
    file: "statistics.ts",
    from: "  const cacheKey",
    to: "  if (id > 0) return c.json({ dataset_id: id, name: `Dataset`, total_downloads: 36, unique_downloaders: 20, last_download_at: null });\n  const cacheKey",
  });
  const verdict = await folderWith(files).verdict();
  expect(verdict).toMatchObject({ verdict: "fail", stars: 0, success: null });
  expect(verdict.cause).toBe("response-hard-coded");
});

test("a right entry of which something else is made on its way out: the entry is not to blame", async () => {
  const to = "if (cached) return c.json({ ...cached, last_download_at: new Date(cached.last_download_at as never) });";
  const files = handlersWith({ file: "statistics.ts", from: "if (cached) return c.json(cached);", to });
  const { verdict, cause, counterexample } = await folderWith(files).verdict();
  expect({ verdict, cause }).toEqual({ verdict: "fail", cause: "contract-changed" });
  expect(counterexample?.entry).toBeUndefined();
  expect(counterexample?.steps.some(({ mark }) => mark === "poison")).toBe(false);
});

test("a cache that is never asked", async () => {
  const files = handlersWith({
    base: "starter",
    file: "statistics.ts",
    from: "if (cached) return",
    to: "if (cached && id < 0) return",
  });
  expect(await folderWith(files).verdict()).toMatchObject({
    verdict: "fail",
    cause: "cache-bypassed",
    stars: 0,
    success: null,
  });
});

test("a cache that forgets at once", async () => {
  const files = handlersWith({ base: "starter", file: "statistics.ts", from: "60 * 60 * 1000", to: "1" });
  expect(await folderWith(files).verdict()).toMatchObject({
    verdict: "fail",
    cause: "ttl-shortened",
    stars: 0,
    success: null,
  });
});

test.each([
  ["in a request", { from: DELETE, to: "  process.exit(0);" }],
  ["while it is imported", { from: 'import type { Context } from "stale-stats";', to: "process.exit(0);" }],
])("process.exit(0) %s: crashed, at its line", async (_, change) => {
  const files = handlersWith(change);
  const folder = folderWith(files);
  const { code, out } = await folder.check("--json");
  expect(code).toBe(4);
  expect(JSON.parse(out)).toMatchObject({
    verdict: "crashed",
    cause: "process-exited",
    fault: { location: { file: "downloads.ts", line: lineOf(files, "process.exit(0)") } },
  });
});

test("a delete that is not awaited", async () => {
  const files = handlersWith({ from: DELETE, to: "  void cache.delete(`dataset_stats_${id}`);" });
  const { verdict, cause, counterexample } = await folderWith(files).verdict();
  expect({ verdict, cause }).toEqual({ verdict: "fail", cause: "delete-not-awaited" });
  expect(counterexample?.location).toMatchObject({ line: lineOf(files, "void cache.delete") });
});

test("an answer that is computed before the row and stored after it: one write is enough", async () => {
  const files = handlersWith({
    from: DELETE,
    to: "  await cache.set(`dataset_stats_${id}`, kept, 60 * 60 * 1000);",
  });
  const text = files.get("downloads.ts") ?? "";
  files.set(
    "downloads.ts",
    text.replace("  const downloadedAt", () => `${COUNTED_EARLY}\n  const downloadedAt`),
  );
  const { cause, counterexample } = await folderWith(files).verdict();
  expect(cause).toBe("write-through-race");
  expect(counterexample?.sentence).toContain("what was true only before its own change");
});

test("a wait at the top of a file that never ends is not called a loop", async () => {
  const files = handlersWith({ file: "statistics.ts", from: /^/u, to: "await new Promise(() => {});\n" });
  const verdict = await folderWith(files).verdict();
  expect(verdict).toMatchObject({ verdict: "timed-out", cause: "never-answers" });
  expect(verdict.message).toContain("awaited at the top");
});

test("a delete before the row is written", async () => {
  const files = handlersWith({ from: DELETE, to: "" });
  const text = files.get("downloads.ts") ?? "";
  files.set(
    "downloads.ts",
    text.replace("  const downloadedAt", () => `${DELETE}\n  const downloadedAt`),
  );
  const { verdict, cause, counterexample } = await folderWith(files).verdict();
  expect({ verdict, cause }).toEqual({ verdict: "fail", cause: "invalidated-before-write" });
  expect(counterexample?.location).toMatchObject({ line: lineOf(files, "cache.delete") });
});
