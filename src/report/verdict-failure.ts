/** A failed check: what broke in plain words, the counterexample, what else was found, and the way on. */
import type { Counterexample, HandlerFault, Verdict } from "../vocabulary.ts";
import { CAUSE_WORDS } from "./verdict-causes.ts";
import { starsText } from "./verdict-checked.ts";
import { counterexampleLines } from "./verdict-counterexample.ts";
import { causeRows } from "./verdict-evidence.ts";
import { frameLines, locationText } from "./verdict-frame.ts";
import { blankLine, indent, type Line, line } from "./verdict-ink.ts";
import { type Page, prose, row } from "./verdict-page.ts";
import { propertyBroken } from "./verdict-properties.ts";

export function failureLines(verdict: Verdict, page: Page): Line[] {
  return [
    ...headline(verdict, page),
    blankLine,
    ...faultLines(verdict, page),
    ...storyLines(verdict, page),
    ...standingRows(verdict, page),
  ];
}

/** What broke, and below it why. */
export function headline({ verdict, cause, counterexample, properties, message }: Verdict, page: Page): Line[] {
  const property = counterexample?.property ?? properties.find(({ outcome }) => outcome === "broken")?.id;
  const own = cause === null ? undefined : CAUSE_WORDS[cause].broken;
  const written = counterexample?.requests.some(({ method }) => method !== "GET") ?? true;
  const words = property === undefined ? own : (own ?? propertyBroken(property, page.asks, written));
  const broken = verdict === "fail" && words !== undefined && property !== undefined ? [`${words}.`] : [];
  const because = cause === null ? [] : [`${sentence(CAUSE_WORDS[cause].title)}.`];
  const [first = message ?? "The fix is not right yet", ...rest] = [...broken, ...because];
  return [
    ...prose(`${page.glyphs.failed}FAIL! ${first}`, { page, tone: "bad" }),
    ...rest.flatMap((text) => prose(text, { page, tone: "strong", indent: 3 })),
  ];
}

/** The handlers' own fault: message, place, and the line itself. */
export function faultLines({ fault, cause, message, counterexample }: Verdict, page: Page): Line[] {
  const told = fault?.message ?? (counterexample === null ? message : null);
  const place = fault?.location ?? null;
  if (told === null && place === null) return [];
  return [
    ...prose(told ?? "", { page, tone: "strong", indent: 2 }),
    ...(place === null
      ? []
      : [line(`  at ${locationText(place)}`), ...indent(frameLines(place, { ...page, width: page.width - 2 }), 2)]),
    blankLine,
    ...(cause === null || counterexample !== null ? [] : [...causeRows(cause, page)]),
  ];
}

function storyLines(verdict: Verdict, page: Page): Line[] {
  const { counterexample: found, cause } = verdict;
  if (found === null) return [];
  return counterexampleLines({ verdict, found: withoutRepeats(found, verdict.fault), cause }, page);
}

/** A fault has shown its line and its message already. */
function withoutRepeats(found: Counterexample, fault: HandlerFault | null): Counterexample {
  if (fault === null) return found;
  const { location, ...rest } = found;
  const placed = fault.location !== null || location === undefined ? rest : { ...rest, location };
  return found.sentence.includes(fault.message) ? { ...placed, sentence: "" } : placed;
}

/** Where the fix stands, and what else is broken: a fix for one may hide the other. */
function standingRows({ properties, counterexample, stars, requiredStars, cause }: Verdict, page: Page): Line[] {
  const others = properties.filter(({ id, outcome }) => outcome === "broken" && id !== counterexample?.property);
  const also = others.map((each) =>
    each.cause === undefined || each.cause === cause ? each.id : `${each.id} (${each.cause})`,
  );
  const held = properties.filter(({ outcome }) => outcome === "held").map(({ id }) => id);
  return [
    ...(also.length === 0 ? [] : row("also", `broken: ${also.join(", ")}`, { page, tone: "note" })),
    ...(held.length === 0 ? [] : row("holds", held.join(", "), { page })),
    ...(page.replayed
      ? []
      : row("stars", `${starsText(stars, page)}  ${stars} of 3; a pass needs ${requiredStars}`, { page })),
  ];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
