/**
 * The speaker's notes of a scenario. Takes `guide.md`: a section `## Step N: title (M min)` for each step, its parts
 * as `### Say`, `### Ask` and so on. Gives values; how they look is not known here.
 */
import type { Block, Section } from "./markdown.ts";
import { malformed, readPage, type PagePlace } from "./read-page.ts";

export interface GuideStep {
  /** From 1, without a gap. */
  readonly number: number;
  readonly title: string;
  readonly minutes: number;
  /** What to do first: the command to run, the window to show. */
  readonly setting: readonly Block[];
  /** In the order of the page: what to say, what to ask, what to watch for, what to skip. */
  readonly parts: readonly { readonly title: string; readonly blocks: readonly Block[] }[];
}

export interface Guide {
  readonly title: string;
  /** What stands before the first step. */
  readonly opening: readonly Block[];
  readonly steps: readonly GuideStep[];
}

/** Throws a WorkshopError (`environment`) when the page is missing or a step's heading is not as above. */
export async function loadGuide(place: PagePlace): Promise<Guide> {
  const page = await readPage({ ...place, page: "guide.md" });
  if (page.sections.length === 0) throw malformed("guide.md", "it has no step");
  return { title: page.title, opening: page.blocks, steps: page.sections.map(toStep) };
}

function toStep({ title, blocks, sections }: Section, position: number): GuideStep {
  const head = /^Step (\d+): (\S.*) \((\d+) min\)$/u.exec(title);
  if (head === null) throw malformed("guide.md", `"${title}" is no "Step N: title (M min)"`);
  const number = Number(head[1]);
  if (number !== position + 1) throw malformed("guide.md", `step ${number} stands at place ${position + 1}`);
  return { number, title: head[2] ?? "", minutes: Number(head[3]), setting: blocks, parts: sections };
}
