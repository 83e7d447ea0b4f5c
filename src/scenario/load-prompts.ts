/**
 * The ladder of prompts for an AI assistant. Takes `prompts.md`: a checklist under `## Before each prompt`, then a
 * section `## Level N: title` for each level, with its facts as a list and the parts `### Prompt`,
 * `### The assistant sees` and `### Expect`. Gives values in which the placeholders still stand.
 */
import type { Block, Section } from "./markdown.ts";
import { markdownOf } from "./markdown.ts";
import { malformed, readPage, type PagePlace } from "./read-page.ts";

export interface PromptLevel {
  /** From 0, without a gap; 0 is the speaker's. */
  readonly level: number;
  readonly title: string;
  /** Names of the handler files that are open. */
  readonly files: readonly string[];
  /** The demonstration's output can be seen. */
  readonly evidence: boolean;
  /** Placeholders for the lines where the key's format can be read; null below the level that points it out. */
  readonly key: string | null;
  /** What the page says of files, terminal, mode and conversation, as Markdown. */
  readonly facts: Readonly<Record<"files" | "terminal" | "mode" | "conversation", string>>;
  /** Markdown with placeholders, as it is typed. */
  readonly prompt: string;
  readonly sees: readonly Block[];
  readonly expect: readonly Block[];
}

export interface PromptLadder {
  readonly opening: readonly Block[];
  /** What to look at before each prompt, one item each. */
  readonly checklist: readonly Block[];
  readonly levels: readonly PromptLevel[];
}

const PAGE = "prompts.md";
const CHECKLIST = "Before each prompt";

/** Throws a WorkshopError (`environment`) that names the level and what is wrong with it. */
export async function loadPrompts(place: PagePlace): Promise<PromptLadder> {
  const page = await readPage({ ...place, page: PAGE });
  const checklist = page.sections.find(({ title }) => title === CHECKLIST);
  if (checklist === undefined) throw malformed(PAGE, `the section "${CHECKLIST}" is missing`);
  const levels = page.sections.filter((section) => section !== checklist).map(toLevel);
  if (levels.length === 0) throw malformed(PAGE, "it has no level");
  return { opening: page.blocks, checklist: checklist.blocks.filter(({ kind }) => kind === "item"), levels };
}

function toLevel(section: Section, position: number): PromptLevel {
  const head = /^Level (\d+): (\S.*)$/u.exec(section.title);
  if (head === null) throw malformed(PAGE, `"${section.title}" is no "Level N: title"`);
  const level = Number(head[1]);
  if (level !== position) throw malformed(PAGE, `level ${level} stands at place ${position}`);
  const facts = {
    files: factOf(section, "Files"),
    terminal: factOf(section, "Terminal"),
    mode: factOf(section, "Mode"),
    conversation: factOf(section, "Conversation"),
  };
  if (!/^(?:visible|hidden)\b/u.test(facts.terminal))
    throw malformed(PAGE, `level ${level} must say that its terminal is visible or hidden`);
  return {
    level,
    title: head[2] ?? "",
    files: [...facts.files.matchAll(/`([\w-]+\.ts)`/gu)].map((found) => found[1] ?? ""),
    evidence: facts.terminal.startsWith("visible"),
    key: findFact(section, "Key") ?? null,
    facts,
    prompt: markdownOf(partOf(section, "Prompt").filter(({ kind }) => kind === "quote")),
    sees: partOf(section, "The assistant sees"),
    expect: partOf(section, "Expect"),
  };
}

function factOf(section: Section, name: string): string {
  const fact = findFact(section, name);
  if (fact === undefined) throw malformed(PAGE, `"${section.title}" does not state "${name}"`);
  return fact;
}

function findFact({ blocks }: Section, name: string): string | undefined {
  const mark = `${name}: `;
  return blocks.find(({ kind, markdown }) => kind === "item" && markdown.startsWith(mark))?.markdown.slice(mark.length);
}

function partOf(section: Section, name: string): readonly Block[] {
  const part = section.sections.find(({ title }) => title === name);
  if (part === undefined || part.blocks.length === 0) throw malformed(PAGE, `"${section.title}" has no "${name}"`);
  return part.blocks;
}
