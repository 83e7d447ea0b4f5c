import { readFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { loadScenario, starterFiles } from "../scenario/index.ts";
import { setUpWorkshop } from "../workspace/index.ts";
import { run } from "./demonstrate-problem.ts";
import type { Io } from "./io.ts";

const root = join(import.meta.dirname, "..", "..", "fixtures", "live");
const place = { root, slug: "counter" };

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

interface Home {
  readonly cwd: string;
  /** Runs the command and gives its exit code and everything it printed. */
  demonstrate(options?: { starter?: boolean }): Promise<{ code: number; text: string }>;
}

function home(): Home {
  const cwd = mkdtempSync(join(tmpdir(), "demonstrate-"));
  folders.push(cwd);
  return {
    cwd,
    demonstrate: async (options = {}) => {
      let text = "";
      const out = (more: string): void => {
        text += more;
      };
      const look = { color: false, emoji: false, width: 80, interactive: false };
      const io: Io = { out, err: out, ...look, root, cwd, env: process.env };
      return { code: await run({ scenario: "counter", ...options }, io), text };
    },
  };
}

async function setUp(cwd: string): Promise<string> {
  const [scenario, starter] = await Promise.all([loadScenario(place), starterFiles(place)]);
  const settings = { seed: "1", downloads: 0, force: false, at: "2025-01-01T00:00:00.000Z" };
  const { folder } = await setUpWorkshop({ home: join(cwd, "workshop"), root, scenario, starter, ...settings });
  return folder;
}

test("before the set-up it says which command to run", async () => {
  await expect(home().demonstrate()).rejects.toMatchObject({
    code: "environment",
    hint: expect.stringContaining("setup-test-data"),
  });
});

test("every demonstration starts from the workshop's own data and runs the working copy; --starter does not", async () => {
  const { cwd, demonstrate } = home();
  const folder = await setUp(cwd);
  const first = await demonstrate();
  expect(first.text).toContain("DISASTER\n  2 of 5");
  const second = await demonstrate();
  expect(second.text).toContain("DISASTER\n  2 of 5");
  writeFileSync(join(folder, "visit.ts"), readFileSync(join(root, "scenarios", "counter", "fixed", "visit.ts")));
  expect(await demonstrate()).toMatchObject({ code: 0, text: expect.stringContaining("AGREED\n  5 of 5") });
  expect((await demonstrate({ starter: true })).text).toContain("DISASTER\n  2 of 5");
});

test("a fault is told under the participant's own path", async () => {
  const { cwd, demonstrate } = home();
  const folder = await setUp(cwd);
  writeFileSync(join(folder, "total.ts"), "export const getTotal = (c) => {\n  return c.json(nobody);\n};\n");
  const { code, text } = await demonstrate();
  expect(code).toBe(4);
  expect(text).toContain(`at ${join("workshop", "counter")}/total.ts:2:17\n`);
});
