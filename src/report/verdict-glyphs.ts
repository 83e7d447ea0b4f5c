/** The symbols of a report in both alphabets, and texts from elsewhere made fit to print: no control characters, ever. */
import { plainText } from "./story-line.ts";

export interface Glyphs {
  readonly bar: string;
  readonly rule: string;
  readonly cross: string;
  readonly star: string;
  readonly noStar: string;
  readonly held: string;
  readonly broken: string;
  readonly open: string;
  readonly mark: string;
  readonly idle: string;
  readonly gives: string;
  readonly enters: string;
  readonly answers: string;
  readonly ellipsis: string;
  readonly caret: string;
  readonly failed: string;
  readonly passed: string;
  readonly banner: string;
  readonly unsure: string;
  readonly hint: string;
  readonly next: string;
}

const SYMBOLS: Glyphs = {
  bar: "│",
  rule: "─",
  cross: "┼",
  star: "★",
  noStar: "☆",
  held: "✔",
  broken: "✘",
  open: "?",
  mark: "◀",
  idle: "·",
  gives: "→",
  enters: "→",
  answers: "←",
  ellipsis: "…",
  caret: "^",
  failed: "❌ ",
  passed: "✅ ",
  banner: "🧪 ",
  unsure: "❔ ",
  hint: "💡 ",
  next: "👉 ",
};

const ASCII: Glyphs = {
  bar: "|",
  rule: "-",
  cross: "+",
  star: "*",
  noStar: "-",
  held: "+",
  broken: "x",
  open: "?",
  mark: "<",
  idle: ".",
  gives: "->",
  enters: "->",
  answers: "<-",
  ellipsis: "...",
  caret: "^",
  failed: "",
  passed: "",
  banner: "",
  unsure: "",
  hint: "",
  next: "",
};

export function glyphsFor(emoji: boolean): Glyphs {
  return emoji ? SYMBOLS : ASCII;
}

/**
 * The same value with every text safe for a terminal: a handler's message could otherwise move the cursor or
 * recolour the verdict. Newlines and tabs stay. Without emoji, symbols of ours become ASCII; people's names do not.
 */
export function printable<Value>(value: Value, emoji: boolean): Value {
  // Every branch rebuilds the shape it was given, so the type is kept.
  return clean(value, emoji) as Value;
}

function clean(value: unknown, emoji: boolean): unknown {
  if (typeof value === "string") return emoji ? harmless(value) : ascii(harmless(value));
  if (Array.isArray(value)) return value.map((each) => clean(each, emoji));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [harmless(key), clean(each, emoji)]));
}

function harmless(text: string): string {
  return text.replaceAll(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu, (control) => {
    return String.raw`\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function ascii(text: string): string {
  return plainText(text)
    .replaceAll("←", "<-")
    .replaceAll("★", "*")
    .replaceAll("≤", "<=")
    .replaceAll(/[“”]/gu, '"')
    .replaceAll(/[’‘]/gu, "'");
}
