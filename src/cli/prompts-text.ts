/** The words and layout of `prompts`. Takes the ladder and the participant's files, gives text; reads and prints nothing. */
import { pages } from "../scenario/index.ts";
import { commandLine } from "./command-line.ts";
import { nextLines } from "./next-step.ts";
import type { Ladder } from "./prompt-ladder.ts";
import { factLines, heading, type Look, painter, proseLines, spanText, typedLines } from "./prose.ts";

type Level = pages.PromptLevel;

/** All levels, short enough to be compared: what is open, and what is asked. */
export function renderLadder(ladder: Ladder, look: Look): string {
  const { page, scenario } = ladder;
  const levels = page.levels.flatMap((level) => ["", ...shortLevel(ladder, level, look)]);
  const example = page.levels[1]?.level ?? 0;
  const next = nextLines(
    [["One level in full", commandLine(["prompts", scenario.slug, "--level", `${example}`])]],
    look,
  );
  return [
    heading(`💬 PROMPTS  ${scenario.title}`, look),
    ...proseLines(page.opening.slice(0, 1), look),
    "",
    heading("Before each prompt", look),
    ...checklist(ladder, look),
    ...levels,
    "",
    ...whoseFiles(ladder, page.levels, look),
    "",
    ...next,
    "",
  ].join("\n");
}

/** One level with everything around it. */
export function renderLevel(ladder: Ladder, level: Level, look: Look): string {
  const { facts, sees, expect, title } = level;
  const { text } = pages.fillPlaceholders(level.prompt, ladder.own.files);
  return [
    heading(`💬 PROMPT, level ${level.level}: ${title}`, look),
    "",
    heading("Before it", look),
    ...checklist(ladder, look),
    "",
    heading("The window", look),
    ...factLines(windowOf(facts), look),
    "",
    heading("Ask", look),
    ...typedLines(text, look).map((line) => painter(look).cyan(line)),
    "",
    heading("The assistant sees", look),
    ...proseLines(sees, look),
    "",
    heading("Expect", look),
    ...proseLines(expect, look),
    "",
    ...whoseFiles(ladder, [level], look),
    "",
    ...nextLines(nextSteps(ladder, level), look),
    "",
  ].join("\n");
}

/** One object, ends with a newline. A `line` of null is one that is no longer in the file. */
export function ladderJson({ scenario, page, own, samples }: Ladder, levels: readonly Level[]): string {
  const told = levels.map((level) => {
    const { text, references } = pages.fillPlaceholders(level.prompt, own.files);
    const sample = samples.find((each) => each.level === level.level);
    return {
      level: level.level,
      title: level.title,
      files: level.files,
      terminal: level.evidence ? "visible" : "hidden",
      mode: level.facts.mode,
      conversation: level.facts.conversation,
      prompt: text,
      lines: references,
      missing: pages.namesNotIn(text, own.files),
      sees: wordsOf(level.sees),
      expect: wordsOf(level.expect),
      sample: sample === undefined ? null : sampleOf(sample),
    };
  });
  const files = own.yours ? "yours" : "shipped";
  const value = { schemaVersion: 1, scenario: scenario.slug, files, checklist: wordsOf(page.checklist), levels: told };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function sampleOf({ answer, overlay, manifest }: pages.Sample): object {
  return { sample: true, answer: wordsOf(answer), files: Object.fromEntries(overlay), ...manifest };
}

function wordsOf(blocks: readonly pages.Block[]): string[] {
  return blocks.map(({ markdown }) => markdown);
}

function checklist({ page }: Ladder, look: Look): string[] {
  return factLines(
    page.checklist.map(({ spans }) => [look.emoji ? "□" : "[ ]", spanText(spans, look)]),
    look,
  );
}

function shortLevel(ladder: Ladder, level: Level, look: Look): string[] {
  const { text } = pages.fillPlaceholders(level.prompt, ladder.own.files);
  return [
    heading(`Level ${level.level}: ${level.title}`, look),
    ...factLines([...windowOf(level.facts), ["ask", painter(look).cyan(text)]], look),
  ];
}

function windowOf({ files, terminal, mode, conversation }: Level["facts"]): (readonly [string, string])[] {
  return [
    ["open", plain(files)],
    ["terminal", plain(terminal)],
    ["assistant", `${plain(mode)}, ${plain(conversation)} conversation`],
  ];
}

function plain(markdown: string): string {
  return markdown.replaceAll("`", "");
}

/** Where numbers and names come from, and each of them that no longer is where the prompt says. */
function whoseFiles({ own, scenario }: Ladder, levels: readonly Level[], look: Look): string[] {
  const filled = levels.map(({ prompt }) => pages.fillPlaceholders(prompt, own.files));
  const lost = filled.flatMap(({ references }) => references.filter(({ line }) => line === null));
  const missing = [...new Set(filled.flatMap(({ text }) => pages.namesNotIn(text, own.files)))];
  const source = own.yours ? "your files as they are now" : "the files as shipped (nothing is set up here)";
  const warnings = [
    ...lost.map(({ file, text }) => `${file} has no line with "${text}" any more: where a ? stands, say it yourself.`),
    ...missing.map((name) => `"${name}" is not in your files any more: use the name that it has now.`),
  ];
  if (warnings.length > 0) warnings.push(`The shipped files are back with: ${commandLine(["reset", scenario.slug])}`);
  const paint = painter(look);
  return [
    ...typedLines(`Line numbers and names are those of ${source}.`, look).map((line) => paint.dim(line)),
    ...warnings.flatMap((text) => typedLines(text, look)).map((line) => paint.yellow(line)),
  ];
}

function nextSteps({ scenario, page, samples }: Ladder, { level, files }: Level): [string, string][] {
  const call = (...args: string[]): string => commandLine(args);
  const at = [scenario.slug, "--level", `${level}`];
  const steps: [string, string][] = [["Copy it", call("prompts", ...at, "--copy")]];
  if (files.length > 0) {
    steps.push(["Its context", call("context", ...at)]);
    steps.push(["Keep it", call("attempt", "save", `level-${level}`, ...at)]);
  }
  if (samples.some((sample) => sample.level === level)) steps.push(["A sample", call("prompts", ...at, "--sample")]);
  if (page.levels.some((each) => each.level === level + 1))
    steps.push(["Next level", call("prompts", scenario.slug, "--level", `${level + 1}`)]);
  return steps;
}
