/** Places in handlers, out of the stacks that this very Node makes: a test's own modules are not loaded as they are. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { expect, onTestFinished, test } from "vitest";
import { columnOfCall, createLocate } from "./handler-location.ts";

const DRIVER = `import { handler } from "./handler.mjs";
const note = () => console.log(new Error("place").stack);
handler({ delete: note, set: note, clear: note });
`;

test.each([
  ["  await cache.delete(`key_${id}`);", "delete"],
  ["  void cache.delete(key);", "delete"],
  ["  await cache?.delete (key);", "delete"],
  ["  await cache.set(key, 1);", "set"],
  ["  await cache . clear();", "clear"],
])("a call is placed at the name of its method: %s", (line, name) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "stale-stats-test-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const home = join(folder, "a", "deep er");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "handler.mjs"), `export async function handler(cache, key, id) {\n${line}\n}\n`);
  writeFileSync(join(home, "driver.mjs"), DRIVER);
  const stack = execFileSync(execPath, [join(home, "driver.mjs")], { encoding: "utf8" });
  const frames = stack.split("\n").filter((frame) => frame.includes("handler.mjs"));
  const place = createLocate(folder)(frames.join("\n"));
  expect(place).toEqual({ file: "deep er/handler.mjs", line: 2, column: line.indexOf(name) + 1 });
});

test("a column that is at no call stays where it is", () => {
  expect(columnOfCall("  f(x);", 4)).toBe(4);
  expect(columnOfCall("  throw error;", 3)).toBe(3);
  expect(columnOfCall("", 7)).toBe(7);
});

test("a stack from elsewhere has no place", () => {
  expect(createLocate("/nowhere/at all")("Error: x\n    at f (/somewhere/else.ts:1:2)")).toBeNull();
});
