/** What the command adds to a report: the scenario's hint, and commands that ask the same question again. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadScenario } from "../scenario/index.ts";
import type { Verdict } from "../vocabulary.ts";
import { printVerdict } from "./print-verdict.ts";
import { recordingIo } from "./recording-io.test-support.ts";

const root = join(import.meta.dirname, "../..");
const verdict: Verdict = JSON.parse(readFileSync(join(root, "fixtures/verdicts/fail-wrong-key.json"), "utf8"));
const scenario = await loadScenario({ root, slug: verdict.scenario });

/** `folder`: as it is typed in the folder where the command is called. */
async function printed(shown: {
  verdict: Verdict;
  folder?: string | ((cwd: string) => string);
  keys?: string[];
}): Promise<string> {
  const io = recordingIo();
  onTestFinished(io.remove);
  const handlers = typeof shown.folder === "function" ? shown.folder(io.cwd) : shown.folder;
  const more = { files: new Map(), json: false, full: false, replayed: false };
  await printVerdict({
    verdict: shown.verdict,
    scenario,
    ...more,
    handlers,
    io: { ...io, ...(shown.keys && { keys: shown.keys }) },
  });
  return io.printed();
}

test("a plain check is asked again as it was, under the scenario's own hint", async () => {
  const text = await printed({ verdict });
  expect(text).toContain(`npx stale-stats test-your-fix ${scenario.slug}\n`);
  expect(text).toContain("HINT:\n  The dashboard looks its entry up under one name.");
  expect(text).toContain(`a further hint        npx stale-stats hint ${scenario.slug}\n`);
});

test("of another folder, the first hint is the only one: the others are about the working copy", async () => {
  const text = await printed({ verdict, folder: "candidate" });
  expect(text).toContain("HINT:\n  The dashboard looks its entry up under one name.");
  expect(text).not.toContain("a further hint");
});

test("in a session the keys that do it are offered", async () => {
  const text = await printed({ verdict, keys: ["h"] });
  expect(text).toContain("a further hint        press h\n");
  expect(text).toContain("check again           save your change\n");
});

test("the stars that were demanded are demanded again, and of the same folder", async () => {
  const text = await printed({ verdict: { ...verdict, requiredStars: 3 }, folder: "candidate" });
  expect(text).toContain(`npx stale-stats test-your-fix ${scenario.slug} --handlers candidate --stars 3\n`);
  expect(text).toMatch(/--replay \S+ --handlers candidate --stars 3\n/u);
});

test.each([
  ["below", () => "candidate", "candidate"],
  ["below, in full", (cwd: string) => join(cwd, "candidate"), "candidate"],
  ["this folder", () => ".", "."],
  ["a name that only begins with dots", () => "..candidate", "..candidate"],
  ["elsewhere, in full", () => "/srv/../srv/candidate", "/srv/../srv/candidate"],
])("a folder %s is named from here only where that does not lead out", async (_where, folder, named) => {
  expect(await printed({ verdict, folder })).toContain(` --handlers ${named}\n`);
});

test("a folder above, given from here, is named in full", async () => {
  let above = "";
  const text = await printed({
    verdict,
    folder: (cwd) => {
      above = join(cwd, "..", "candidate");
      return join("..", "candidate");
    },
  });
  expect(text).toContain(` --handlers ${above}\n`);
});
