/**
 * What the samples of a scenario must be together, beside the verdict of each: an answer to every level of the prompts,
 * of which the least shown fails and the most shown passes. Takes the scenario's folder; runs nothing.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pages } from "../scenario/index.ts";

/** One line for each; empty for a scenario without prompts. */
export async function sampleProblems(place: { root: string; slug: string }): Promise<string[]> {
  if (!existsSync(join(place.root, "scenarios", place.slug, "prompts.md"))) return [];
  const [{ levels }, samples] = await Promise.all([pages.loadPrompts(place), pages.loadSamples(place)]);
  const known = new Set(levels.map(({ level }) => level));
  const astray = samples
    .filter(({ level }) => !known.has(level))
    .map(({ level }) => `level-${level}: answers no level`);
  return [...levels.flatMap((level) => levelProblems(level, { levels, samples })), ...astray].map(
    (text) => `sample/${text}`,
  );
}

function levelProblems(
  { level, files }: pages.PromptLevel,
  { levels, samples }: { levels: readonly pages.PromptLevel[]; samples: readonly pages.Sample[] },
): string[] {
  const sample = samples.find((each) => each.level === level);
  if (sample === undefined) return [`level-${level}: is missing`];
  const { verdict } = sample.manifest;
  const problems = [...sample.overlay.keys()]
    .filter((name) => levels.some((each) => each.files.includes(name)) && !files.includes(name))
    .map((name) => `level-${level}: changes ${name}, which that level does not show`);
  if (level === levels.length - 1 && verdict !== "pass")
    problems.push(`level-${level}: sees everything, and must be declared to pass`);
  // The speaker's level and the first of the participants'.
  if (level <= 1 && verdict === "pass") problems.push(`level-${level}: sees next to nothing, and must not pass`);
  return problems;
}
