/** The pages of this folder against its code: hints, guide, prompts and README say nothing that is not there. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { hints, loadFixes, pages, starterFiles } from "../../src/scenario/index.ts";
import type { Cause } from "../../src/vocabulary.ts";
import { scenario } from "./scenario.ts";

const GUIDE_PARTS = ["Say", "Ask", "Watch for", "Skip when late"];

const place = { root: fileURLToPath(new URL("../..", import.meta.url)), slug: scenario.slug };
const accepted = await loadFixes({ ...place, kind: "accepted" });
const rejected = await loadFixes({ ...place, kind: "rejected" });
const starter = await starterFiles(place);

const ladders = sectionsOf(readPage("hints.md"), "## ").map(({ title, text }) => ({
  cause: title,
  rungs: sectionsOf(text, "### "),
}));

describe("hints.md", () => {
  test("has a whole ladder for every cause, and names only what the handlers and the fixes contain", async () => {
    expect(await hints.problems(place)).toEqual([]);
    expect(ladders.flatMap(({ rungs }) => rungs.flatMap(({ text }) => text.match(/`/gu) ?? [])).length).toBeGreaterThan(
      200,
    );
  });

  test.each(ladders)("$cause takes one to three sentences a rung", ({ rungs }) => {
    expect(rungs.filter(({ text }) => ![1, 2, 3].includes(sentencesIn(text)))).toEqual([]);
  });

  test("says nothing twice: what helps against one cause is no hint for another", () => {
    const texts = ladders.flatMap(({ rungs }) => rungs.map(({ text }) => text));
    expect(new Set(texts).size).toBe(texts.length);
  });

  test("begins each ladder with a question, and gives the solution only at its end", () => {
    const early = ladders.flatMap(({ cause, rungs }) =>
      rungs
        .slice(0, 3)
        .flatMap(({ title, text }) => (text.includes("cache.delete(cacheKey)") ? [`${cause} ${title}`] : [])),
    );
    expect(ladders.filter(({ rungs }) => !rungs[0]?.text.includes("?")).map(({ cause }) => cause)).toEqual([]);
    expect(early).toEqual([]);
  });

  test("is what a failure shows: its rungs, each on one line", async () => {
    const shown = await Promise.all(ladders.map(({ cause }) => hints.load({ ...place, cause: cause as Cause })));
    expect(shown.map((rungs) => rungs[0]?.text)).toEqual(ladders.map(({ rungs }) => rungs[0]?.text));
    expect(shown.flat().filter(({ text }) => text.includes("\n"))).toEqual([]);
  });
});

describe("guide.md", async () => {
  const { steps } = await pages.loadGuide(place);

  test("takes ten to twelve minutes, which is what the scenario promises", () => {
    const minutes = steps.reduce((sum, step) => sum + step.minutes, 0);
    expect(minutes).toBeGreaterThanOrEqual(10);
    expect(minutes).toBeLessThanOrEqual(12);
    expect(minutes).toBe(scenario.minutes);
  });

  test.each(steps)("$title says what to say, to ask, to watch for and to skip", ({ parts }) => {
    expect(parts.map(({ title }) => title)).toEqual(GUIDE_PARTS);
    expect(parts.filter(({ blocks }) => blocks.length === 0)).toEqual([]);
  });

  test("follows the participants' page section by section", () => {
    const numbers = [...readPage("../../workshop/README.md").matchAll(/^## (\d+)\. /gmu)].map((found) =>
      Number(found[1]),
    );
    expect(numbers).toEqual(steps.map((_, index) => index + 1));
  });
});

describe("prompts.md", async () => {
  const page = readPage("prompts.md");
  const { checklist, levels } = await pages.loadPrompts(place);
  const samples = await pages.loadSamples(place);

  test("has a checklist and the levels 0 to 4, which show more from one to the next", () => {
    expect(checklist.length).toBeGreaterThan(3);
    expect(levels.map(({ level, files, evidence, key }) => [level, files.length, evidence, key !== null])).toEqual([
      [0, 0, false, false],
      [1, 1, false, false],
      [2, 1, false, false],
      [3, 2, true, false],
      [4, 2, true, true],
    ]);
  });

  test.each(levels)(
    "level $level is a new conversation in chat, with shipped files only",
    ({ facts, files, prompt }) => {
      expect([facts.mode, facts.conversation]).toEqual(["chat", "new"]);
      expect(files.filter((file) => !starter.has(file))).toEqual([]);
      expect(prompt).toMatch(/^[A-Z].*\.$/u);
    },
  );

  test.each(levels)("level $level names nothing that the shipped handlers do not contain", ({ prompt, key }) => {
    expect(pages.namesNotIn(pages.fillPlaceholders(`${prompt} ${key ?? ""}`, starter).text, starter)).toEqual([]);
  });

  test("asks what the participants' page asks, up to the level that needs line numbers", () => {
    const asked = levels.slice(1, 4).map(({ prompt }) => prompt);
    const handout = readPage("../../workshop/README.md");
    expect(asked.filter((prompt) => !handout.includes(`\n> ${prompt}\n`))).toEqual([]);
  });

  test("has a sample answer to each level, of which only the last one passes", () => {
    const verdicts = samples.map(({ level, manifest }) => [level, manifest.verdict]);
    expect(verdicts).toEqual(levels.map(({ level }) => [level, level === levels.length - 1 ? "pass" : "fail"]));
  });

  test.each(samples)("the sample of level $level changes only what that level shows", ({ level, overlay }) => {
    expect([...overlay.keys()].filter((file) => levels[level]?.files.includes(file) !== true)).toEqual([]);
  });

  test("types no line number, and each placeholder finds its line in the shipped handlers", () => {
    const texts = levels.flatMap(({ prompt, key }) => [prompt, key ?? ""]);
    const references = texts.flatMap((text) => pages.fillPlaceholders(text, starter).references);
    expect(references.length).toBeGreaterThan(4);
    expect(references.filter(({ line }) => line === null)).toEqual([]);
    expect(page).not.toMatch(/\blines? \d/u);
  });
});

describe("README.md", () => {
  const page = readPage("README.md");

  test("lists every accepted fix with the stars it declares, and none that is gone", () => {
    const listed = [...page.matchAll(/^\| `([a-z-]+)` +\| ([23]) +\|/gmu)].map((found) => `${found[1]} ${found[2]}`);
    expect(listed.sort()).toEqual(accepted.map(({ name, manifest }) => `${name} ${manifest.stars}`).sort());
  });

  test("names only rejected folders after their causes, as it says", () => {
    const astray = rejected.filter(({ name, manifest }) => !name.startsWith(`${manifest.cause}-`));
    expect(astray.map(({ name }) => name)).toEqual([]);
  });
});

interface Section {
  readonly title: string;
  readonly text: string;
}

function readPage(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}

/** What stands before the first heading belongs to no section. */
function sectionsOf(text: string, mark: string): Section[] {
  return `\n${text}`
    .split(`\n${mark}`)
    .slice(1)
    .map((part) => {
      const [title = "", ...lines] = part.split("\n");
      return { title: title.trim(), text: lines.join("\n").trim() };
    });
}

/** Code is taken out first: a dot in it ends nothing. */
function sentencesIn(text: string): number {
  return text.replaceAll(/`[^`]*`/gu, "code").match(/[.?!](?=\s|$)/gu)?.length ?? 0;
}
