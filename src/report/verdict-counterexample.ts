/** A counterexample in full: the columns, what the marks mean, the story in one sentence, and the evidence. */
import { columnLines } from "./columns.ts";
import { type Evidence, evidenceRows } from "./verdict-evidence.ts";
import { blankLine, type Line } from "./verdict-ink.ts";
import { type Page, prose } from "./verdict-page.ts";
import { showsOldAnswer } from "./verdict-properties.ts";

const MARKS = {
  poison: "poison: an old answer is kept from here on",
  served: "served: somebody gets it",
} as const;

const ANSWER_TO_ANOTHER = "poison: the answer to one question is kept for both";

export function counterexampleLines(evidence: Evidence, page: Page): Line[] {
  const { found } = evidence;
  const instances = instancesMatter(evidence);
  const picture = columnLines(found, { width: page.width, glyphs: page.glyphs, instances });
  return [
    ...picture,
    ...(picture.length === 0 ? [] : [...legend(evidence, page), blankLine]),
    ...(found.sentence === "" ? [] : [...prose(found.sentence, { page, tone: "strong" }), blankLine]),
    ...evidenceRows(evidence, page),
  ];
}

/** One instance would have shown the same unless the cause says otherwise, or nothing is known of it. */
function instancesMatter({ cause, found }: Evidence): boolean {
  const several = new Set(found.requests.map(({ instance }) => instance)).size > 1;
  return several && (cause === null || cause === "module-state" || cause === "unexplained");
}

/** Only for old answers: elsewhere the sentence says what the marked steps mean. */
function legend({ cause, found }: Evidence, page: Page): Line[] {
  if (!showsOldAnswer(found)) return [];
  const used = (["poison", "served"] as const).filter((mark) => found.steps.some((step) => step.mark === mark));
  if (used.length === 0) return [];
  const marks = cause === "key-not-unique" ? { ...MARKS, poison: ANSWER_TO_ANOTHER } : MARKS;
  return prose(used.map((mark) => `${page.glyphs.mark} ${marks[mark]}`).join("   "), { page, tone: "dim", indent: 6 });
}
