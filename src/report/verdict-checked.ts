/** What was checked: every property with its star, its outcome and its claim, and how far the stars reach. */
import type { PropertyResult, Star, Verdict } from "../vocabulary.ts";
import { CAUSE_WORDS } from "./verdict-causes.ts";
import { type Line, line, padTo, span, type Tone } from "./verdict-ink.ts";
import { type Page, prose } from "./verdict-page.ts";
import { claimText, count, propertyAsks } from "./verdict-properties.ts";

const STARS: readonly Star[] = [1, 2, 3];
const INDENT = 8;

export function starsText(stars: 0 | Star, { glyphs }: Page): string {
  return STARS.map((star) => (star <= stars ? glyphs.star : glyphs.noStar)).join("");
}

export function starsLine({ stars, requiredStars }: Verdict, page: Page): Line {
  const reached = stars >= requiredStars ? "good" : "bad";
  return [
    span(starsText(stars, page), reached),
    span(`  ${stars} of 3 stars; a pass needs ${requiredStars}`, "strong"),
  ];
}

export function checkedLines(properties: readonly PropertyResult[], page: Page): Line[] {
  const ids = Math.max(0, ...properties.map(({ id }) => id.length));
  return properties.flatMap((result) => [head(result, { ids, page }), ...below(result, page)]);
}

function head({ id, star, outcome }: PropertyResult, { ids, page }: { ids: number; page: Page }): Line {
  const mark = outcomeMark(outcome, page);
  const stars = padTo([span(page.glyphs.star.repeat(star), "dim")], 4);
  const asks = `  ${propertyAsks(id, page.asks)}`;
  const fits = INDENT + ids + asks.length <= page.width;
  return [
    span("  "),
    span(`${mark.text} `, mark.tone),
    ...stars,
    span(id.padEnd(ids), "strong"),
    span(fits ? asks : ""),
  ];
}

function below(result: PropertyResult, page: Page): Line[] {
  const lines = prose(outcomeText(result), { page, tone: "dim", indent: INDENT });
  if (result.outcome !== "broken" || result.cause === undefined) return lines;
  return [
    ...lines,
    ...prose(`${result.cause}: ${CAUSE_WORDS[result.cause].title}`, { page, tone: "note", indent: INDENT }),
  ];
}

/** A broken property ends its search, so its claim is about how far that came. */
function outcomeText({ outcome, claim, counterexample }: PropertyResult): string {
  if (outcome === "not-run") return "not reached";
  if (outcome === "broken" && counterexample !== undefined) return `broken by schedule ${counterexample.found}`;
  return claimText(claim);
}

function outcomeMark(outcome: PropertyResult["outcome"], { glyphs }: Page): { text: string; tone: Tone } {
  switch (outcome) {
    case "held":
      return { text: glyphs.held, tone: "good" };
    case "broken":
      return { text: glyphs.broken, tone: "bad" };
    case "incomplete":
      return { text: glyphs.open, tone: "note" };
    case "not-run":
      return { text: glyphs.idle, tone: "dim" };
    default:
      return outcome satisfies never;
  }
}

export function confirmedLines({ confirmed }: Verdict, page: Page): Line[] {
  if (confirmed === null) return [];
  const ending = confirmed.complete ? "complete" : "not complete";
  const text = `Confirmed on fresh data by a judge that the handlers cannot reach: ${count(confirmed.schedules, "schedule")}, ${ending}.`;
  return [line(""), ...prose(text, { page, indent: 2 })];
}
