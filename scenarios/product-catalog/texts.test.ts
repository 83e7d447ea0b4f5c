/** The pages of this folder against its code: hints, guide and prompts say nothing that is not there. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { hints, loadFixes, pages, starterFiles } from "../../src/scenario/index.ts";
import type { Cause } from "../../src/vocabulary.ts";
import { scenario } from "./scenario.ts";

const GUIDE_PARTS = ["Say", "Ask", "Watch for", "Skip when late"];

const place = { root: fileURLToPath(new URL("../..", import.meta.url)), slug: scenario.slug };
const rejected = await loadFixes({ ...place, kind: "rejected" });
const accepted = await loadFixes({ ...place, kind: "accepted" });
const starter = await starterFiles(place);

describe("hints.md", async () => {
  const causes = [...readPage("hints.md").matchAll(/^## (\S+)$/gmu)].flatMap((found) => found[1] ?? []);
  const ladders = await Promise.all(
    causes.map(async (cause) => ({ cause, rungs: await hints.load({ ...place, cause: cause as Cause }) })),
  );

  test("has a whole ladder for every cause, and names only what the handlers and the fixes contain", async () => {
    expect(await hints.problems(place)).toEqual([]);
    expect(causes).toEqual(expect.arrayContaining(rejected.map(({ manifest }) => manifest.cause)));
  });

  test("begins each ladder with a question, and says nothing twice", () => {
    expect(ladders.filter(({ rungs }) => rungs[0]?.text.includes("?") !== true).map(({ cause }) => cause)).toEqual([]);
    const texts = ladders.flatMap(({ rungs }) => rungs.map(({ text }) => text));
    expect(texts.length).toBe(causes.length * 5);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe("guide.md", async () => {
  const { steps } = await pages.loadGuide(place);

  test("takes as long as the scenario promises", () => {
    expect(steps.reduce((sum, step) => sum + step.minutes, 0)).toBe(scenario.minutes);
  });

  test.each(steps)("$title says what to say, to ask, to watch for and to skip", ({ parts }) => {
    expect(parts.map(({ title }) => title)).toEqual(GUIDE_PARTS);
    expect(parts.filter(({ blocks }) => blocks.length === 0)).toEqual([]);
  });
});

describe("prompts.md", async () => {
  const { checklist, levels } = await pages.loadPrompts(place);

  test("has a checklist and the levels 0 to 4, which show more from one to the next", () => {
    expect(checklist.length).toBeGreaterThan(3);
    expect(levels.map(({ level, files }) => [level, files.length])).toEqual([
      [0, 0],
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 3],
    ]);
  });

  test.each(levels)("level $level shows shipped files only, and each placeholder finds its line", (level) => {
    expect(level.files.filter((file) => !starter.has(file))).toEqual([]);
    const { references } = pages.fillPlaceholders(`${level.prompt} ${level.key ?? ""}`, starter);
    expect(references.filter(({ line }) => line === null)).toEqual([]);
    expect(level.level < 4 || references.length > 5).toBe(true);
  });
});

test("README.md has a line for every accepted fix and every property, with its stars", () => {
  const page = readPage("README.md").replaceAll(/ +/gu, " ");
  for (const { name, manifest } of accepted) expect(page).toContain(`| \`${name}\` | ${manifest.stars} |`);
  for (const { id, star } of scenario.properties ?? []) expect(page).toContain(`| \`${id}\` | ${"★".repeat(star)} |`);
});

test("the starter does not give its faults away", () => {
  const comments = [...starter.values()].flatMap((text) => text.match(/\/\*\*[\s\S]*?\*\/|\/\/.*$/gmu) ?? []);
  expect(comments.length).toBeGreaterThan(5);
  expect(comments.filter((comment) => /stale|invalidat|forg[eo]t|bug|ghost/iu.test(comment))).toEqual([]);
});

function readPage(name: string): string {
  return readFileSync(fileURLToPath(new URL(name, import.meta.url)), "utf8");
}
