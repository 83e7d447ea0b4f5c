/**
 * Tells a demonstration as lines of text: the opening, each look and write as it happens, and the endings.
 * Takes the scenario's words and the record of one run; every figure comes from that record. Decides nothing.
 */
import type { Demonstration, Look, PlayedRequest, Story } from "../vocabulary.ts";
import { evidenceLines, healthLines } from "./story-evidence.ts";
import { blank, durationText, packed, sectionLines } from "./story-line.ts";
import type { StoryLine } from "./story-line.ts";

/** How the story went, as the caller judged it. */
export type StoryEnding = "stale" | "fresh" | "wrong";

export interface StoryTeller {
  opening(): StoryLine[];
  /** `when`: `looks`, `looks again`, `looks once more`. */
  look(when: string, look: Look): StoryLine;
  crowd(writes: readonly PlayedRequest[]): StoryLine;
  /** Everything after the last step but what to do next. */
  ending(run: Demonstration, ending: StoryEnding): StoryLine[];
  /** What to do next: shown last, with commands that can be copied. */
  next(steps: readonly (readonly [what: string, how: string])[]): StoryLine[];
}

export function storyTeller(story: Story): StoryTeller {
  return {
    opening: () => openingLines(story),
    look: (when, look) => lookLine(story, { when, look }),
    crowd: (writes) => crowdLine(story, writes),
    ending: (run, ending) => endingLines(story, { run, ending }),
    next: nextLines,
  };
}

function openingLines(story: Story): StoryLine[] {
  const rows = story.incident.flatMap((text) => packed(text.split(/(?<=\s)/u), 78));
  const incident = rows.map((text): StoryLine => ({ text: `  ${text}`, tone: "dim" }));
  return [{ text: story.banner, tone: "heading" }, ...incident, blank];
}

function lookLine(story: Story, { when, look }: { when: string; look: Look }): StoryLine {
  const figure = look.shown === null ? `no figure (status ${look.status})` : `${look.shown} ${story.unit}`;
  return {
    text: row([`${story.viewer.name} ${when}`, figure, `${source(look)}, ${durationText(look.duration)}`]),
    tone: look.shown === look.actual ? "good" : "bad",
  };
}

function source({ costly, cache }: Look): string {
  if (costly) return "from the database";
  return cache.some(({ hit }) => hit === true) ? "from the cache" : "from neither cache nor database";
}

function crowdLine(story: Story, writes: readonly PlayedRequest[]): StoryLine {
  const accepted = writes.filter(({ status }) => status < 400).length;
  const each = writes.reduce((sum, { duration }) => sum + duration, 0) / Math.max(writes.length, 1);
  const cells = [story.crowd.name, `${accepted} of ${writes.length} accepted`, `${durationText(each)} each`];
  return { text: row(cells), tone: accepted === writes.length ? "plain" : "bad" };
}

function endingLines(story: Story, { run, ending }: { run: Demonstration; ending: StoryEnding }): StoryLine[] {
  const figures = { shown: run.after.shown ?? Number.NaN, actual: run.after.actual };
  if (ending === "fresh") return [...story.happyEnding(figures).flatMap(sectionLines), ...healthLines(run)];
  if (ending === "stale") return [...story.disaster(figures).flatMap(sectionLines), ...evidenceLines(run)];
  return wrongLines(story, run);
}

function nextLines(steps: readonly (readonly [what: string, how: string])[]): StoryLine[] {
  const lines = steps.map(([what, how]) => ({ text: `${what.padEnd(22)}${how}`, tone: "plain" as const }));
  return sectionLines({ heading: "👉 NEXT STEP:", lines });
}

function wrongLines(story: Story, run: Demonstration): StoryLine[] {
  const recorded = run.after.actual - run.before.actual;
  const lines = [run.before, run.after].map((look) => ({
    text: `${story.viewer.name} was shown ${look.shown ?? "nothing"}, the database held ${look.actual} ${story.unit}`,
    tone: look.shown === look.actual ? ("plain" as const) : ("bad" as const),
  }));
  const writes = `${run.writes.length} requests of the ${story.crowd.name} were accepted, ${recorded} recorded`;
  return sectionLines({
    heading: "🔍 THIS IS NOT THE SERVICE'S ANSWER:",
    lines: [...lines, { text: writes, tone: recorded === run.writes.length ? "plain" : "bad" }],
  });
}

function row(cells: readonly string[]): string {
  return `  ${cells.map((cell, position) => cell.padEnd([26, 18][position] ?? 0)).join("")}`.trimEnd();
}
