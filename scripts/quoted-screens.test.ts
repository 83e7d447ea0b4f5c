/**
 * The screens that the README quotes are what the built command prints, letter by letter; times alone may differ.
 * After a change of the screens, `npx vitest run scripts/quoted-screens.test.ts --update` quotes them anew.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath, platform } from "node:process";
import { expect, onTestFinished, test } from "vitest";

const root = join(import.meta.dirname, "..");
const page = join(root, "README.md");
const DELETE = "  await cache.delete(`dataset_stats_${id}`);\n";
const INSERT = "  const download = await db.run(";
const UPDATE = /^ {2}await db\.run\("UPDATE .*\n/mu;

// Windows writes its paths the other way round.
test.skipIf(platform === "win32")("the README quotes the screens as they are", { timeout: 60_000 }, async () => {
  const cwd = mkdtempSync(join(tmpdir(), "stale-stats-quoted-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const file = join(cwd, "workshop", "stale-statistics", "downloads.ts");
  await printed(cwd, "setup-test-data");
  const morning = await printed(cwd, "demonstrate-problem");
  const shipped = readFileSync(file, "utf8").replace("const { db } = c.var;", "const { cache, db } = c.var;");
  writeFileSync(file, changed(shipped, INSERT, DELETE + INSERT));
  const failed = await printed(cwd, "test-your-fix");
  writeFileSync(
    file,
    changed(shipped, UPDATE, (update) => update + DELETE),
  );
  const passed = await printed(cwd, "test-your-fix");

  const screens = [morning.slice(morning.indexOf("  CEO looks")), `${CALL}${failed}`, `${CALL}${passed}`];
  const quoted = readFileSync(page, "utf8").replaceAll(
    /^```\n((?: {2}CEO looks|\$ npx stale-stats).*?)^```$/gmsu,
    (block, text) => {
      const screen = screens.shift() ?? "";
      return withoutTimes(screen) === withoutTimes(text) ? block : `\`\`\`\n${screen}\`\`\``;
    },
  );
  expect(screens).toEqual([]);
  await expect(quoted).toMatchFileSnapshot(page);
});

const CALL = "$ npx stale-stats test-your-fix\n";

/** The demonstration really takes its time; everything else comes out the same each time. */
function withoutTimes(text: string): string {
  return text.replaceAll(/\d+(?:\.\d+)? (?:ms|s|min)\b/gu, "~");
}

function changed(text: string, from: string | RegExp, to: string | ((match: string) => string)): string {
  const after = text.replace(from, (match) => (typeof to === "string" ? to : to(match)));
  expect(after).not.toBe(text);
  return after;
}

async function printed(cwd: string, command: string): Promise<string> {
  const child = spawn(execPath, [join(root, "bin", "stale-stats.js"), command], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", LC_ALL: "C.UTF-8", TERM: "xterm" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (more: string) => (text += more));
  return new Promise((resolve) => {
    child.once("close", () => resolve(text));
  });
}
