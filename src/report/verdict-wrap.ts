/** Breaks and cuts plain text to a number of terminal columns. Knows no tones. */
import stringWidth from "string-width";

const letters = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Breaks at spaces, and inside a word only when the word alone is too wide. `columns` ≥ 2.
 * Lines after the first are `hanging` columns narrower, for the caller to indent; runs of spaces inside a line stay.
 */
export function wrap(text: string, columns: number, hanging: number = 0): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== "") {
    const room = Math.max(lines.length === 0 ? columns : columns - hanging, 2);
    const taken = takeLine(rest, room);
    lines.push(taken.trimEnd());
    rest = rest.slice(taken.length).trimStart();
  }
  return lines.length === 0 ? [""] : lines;
}

/** At most `columns` wide; what is cut off is shown by `ellipsis`. */
export function truncate(text: string, columns: number, ellipsis: string): string {
  if (stringWidth(text) <= columns) return text;
  return takeLetters(text, Math.max(columns - stringWidth(ellipsis), 0)).trimEnd() + ellipsis;
}

function takeLine(text: string, room: number): string {
  if (stringWidth(text) <= room) return text;
  const fitting = takeLetters(text, room);
  if (fitting.endsWith(" ") || text.charAt(fitting.length) === " ") return fitting;
  const space = fitting.lastIndexOf(" ");
  return space < 1 ? atLeastOne(fitting, text) : fitting.slice(0, space);
}

function takeLetters(text: string, room: number): string {
  let taken = "";
  for (const { segment } of letters.segment(text)) {
    if (stringWidth(taken + segment) > room) break;
    taken += segment;
  }
  return taken;
}

/** A letter wider than the room is taken all the same, or wrapping would never end. */
function atLeastOne(fitting: string, text: string): string {
  if (fitting !== "") return fitting;
  const [first] = letters.segment(text);
  return first?.segment ?? text;
}
