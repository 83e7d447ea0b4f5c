/**
 * Tells a demonstration as lines of text: the opening, each look and write as it happens, and the endings.
 * Takes the scenario's words and the record of one run; every figure comes from that record. Decides nothing.
 */
import type { Demonstration, Look, PlayedRequest, Story, StorySection } from "../vocabulary.ts";
import { evidenceLines, healthLines } from "./story-evidence.ts";
import { blank, durationText, hanging, NARROWEST, packed, sectionLines } from "./story-line.ts";
import type { StoryLine } from "./story-line.ts";

/** How the story went, as the caller judged it. */
export type StoryEnding = "stale" | "fresh" | "wrong";

export interface StoryTeller {
  opening(): StoryLine[];
  /** `when`: `looks`, `looks again`, `looks once more`. */
  look(when: string, look: Look): StoryLine[];
  crowd(writes: readonly PlayedRequest[]): StoryLine[];
  /** Everything after the last step but what to do next. */
  ending(run: Demonstration, ending: StoryEnding): StoryLine[];
}

/** `width`: columns of the terminal. Lines are laid out for 80 at most: a story is read, not scanned. */
export function storyTeller(story: Story, width: number): StoryTeller {
  const told = { story, width: Math.max(Math.min(width, 80), NARROWEST) };
  return {
    opening: () => openingLines(told),
    look: (when, look) => lookLines(told, { when, look }),
    crowd: (writes) => crowdLines(told, writes),
    ending: (run, ending) => endingLines(told, { run, ending }),
  };
}

interface Told {
  readonly story: Story;
  readonly width: number;
}

/** The incident is one paragraph: its sentences follow from each other. */
function openingLines({ story, width }: Told): StoryLine[] {
  const rows = packed(story.incident.join(" ").split(/(?<=\s)/u), width - 2);
  const incident = rows.map((text): StoryLine => ({ text: `  ${text}`, tone: "dim" }));
  const banner = hanging(story.banner, { width, indent: "" }).map((text): StoryLine => ({ text, tone: "heading" }));
  return [...banner, ...incident, blank];
}

function lookLines(told: Told, { when, look }: { when: string; look: Look }): StoryLine[] {
  const { story } = told;
  const figure = look.shown === null ? `no figure (status ${look.status})` : `${look.shown} ${story.unit}`;
  const cells = [`${story.viewer.name} ${when}`, figure, `${source(look)}, ${durationText(look.duration)}`];
  const tone = look.shown === look.actual ? "good" : "bad";
  return cellRows(cells, told).map((text) => ({ text, tone }));
}

function source({ costly, cache }: Look): string {
  if (costly) return "from the database";
  return cache.some(({ hit }) => hit === true) ? "from the cache" : "from neither cache nor database";
}

function crowdLines(told: Told, writes: readonly PlayedRequest[]): StoryLine[] {
  const { story } = told;
  const accepted = writes.filter(({ status }) => status < 400).length;
  const each = writes.reduce((sum, { duration }) => sum + duration, 0) / Math.max(writes.length, 1);
  const cells = [story.crowd.name, `${accepted} of ${writes.length} accepted`, `${durationText(each)} each`];
  const tone = accepted === writes.length ? "plain" : "bad";
  return cellRows(cells, told).map((text) => ({ text, tone }));
}

function endingLines(told: Told, { run, ending }: { run: Demonstration; ending: StoryEnding }): StoryLine[] {
  const { story, width } = told;
  const figures = { shown: run.after.shown ?? Number.NaN, actual: run.after.actual };
  const sections = (parts: readonly StorySection[]): StoryLine[] => parts.flatMap((part) => sectionLines(part, width));
  if (ending === "fresh") return [...sections(story.happyEnding(figures)), ...healthLines(run, width)];
  if (ending === "stale") return [...sections(story.disaster(figures)), ...evidenceLines(run, width)];
  return wrongLines(told, run);
}

function wrongLines({ story, width }: Told, run: Demonstration): StoryLine[] {
  const recorded = run.after.actual - run.before.actual;
  const lines = [run.before, run.after].map((look) => ({
    text: `${story.viewer.name} was shown ${look.shown ?? "nothing"}, the database held ${look.actual} ${story.unit}`,
    tone: look.shown === look.actual ? ("plain" as const) : ("bad" as const),
  }));
  const writes = `${run.writes.length} requests of the ${story.crowd.name} were accepted, ${recorded} recorded`;
  const heading = "🔍 THIS IS NOT THE SERVICE'S ANSWER:";
  const tone = recorded === run.writes.length ? "plain" : "bad";
  return sectionLines({ heading, lines: [...lines, { text: writes, tone }] }, width);
}

/** In columns where they fit, else what happened under who did it. */
function cellRows(cells: readonly string[], { story, width }: Told): string[] {
  const names = [`${story.viewer.name} looks once more`, story.crowd.name].map((name) => name.length + 2);
  const columns = [Math.max(26, ...names), 19];
  const beside = `  ${cells.map((cell, position) => cell.padEnd(columns[position] ?? 0)).join("")}`.trimEnd();
  if (beside.length <= width) return [beside];
  const [who = "", ...what] = cells;
  return [`  ${who}`, ...hanging(what.join(", "), { width, indent: "    " })];
}
