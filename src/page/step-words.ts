/** A step of the story line in words: short on its chip, in full where somebody looks at it. */
import type { Json, LiveCacheStep, LiveDatabaseStep, LiveStep } from "../vocabulary.ts";
import { durationText, spanText } from "./amounts.ts";

/** Colours the chip; the words say the same. */
export type StepTone = "hit" | "miss" | "set" | "delete" | "read" | "write" | "frame" | "answer" | "trouble";

export interface StepWords {
  readonly tone: StepTone;
  /** What was done, e.g. `get`, `insert`. */
  readonly deed: string;
  /** What came of it, or what it was done to, e.g. `hit`, `audit_logs`. */
  readonly result: string;
}

/** A line of the detail: its name and what it says. */
export interface Fact {
  readonly name: string;
  readonly text: string;
  /** A key, a value or a statement, to be set as code. */
  readonly isCode?: boolean;
}

export function stepWords(step: LiveStep): StepWords {
  switch (step.kind) {
    case "arrival":
      return { tone: "frame", deed: "arrives", result: "" };
    case "answer":
      return { tone: step.status >= 500 ? "trouble" : "answer", deed: "answers", result: String(step.status) };
    case "cache":
      return { ...cacheWords(step), ...cacheTrouble(step) };
    case "database":
      return step.error === undefined
        ? databaseWords(step)
        : { ...databaseWords(step), tone: "trouble", result: "fails" };
    default:
      return step satisfies never;
  }
}

export function stepFacts(step: LiveStep): Fact[] {
  const facts = [...ownFacts(step), { name: "took", text: durationText(step.duration) }];
  return step.error === undefined ? facts : [...facts, { name: "failed", text: step.error }];
}

function cacheTrouble({ error, lost }: LiveCacheStep): Partial<StepWords> {
  if (error !== undefined) return { tone: "trouble", result: "fails" };
  return lost === true ? { tone: "trouble", result: "lost" } : {};
}

function cacheWords(step: LiveCacheStep): StepWords {
  switch (step.operation) {
    case "get":
      return step.hit === true
        ? { tone: "hit", deed: "get", result: "hit" }
        : { tone: "miss", deed: "get", result: "miss" };
    case "set":
      return { tone: "set", deed: "set", result: "stored" };
    case "delete":
      return { tone: "delete", deed: "delete", result: step.existed === false ? "nothing there" : "removed" };
    case "clear":
      return { tone: "delete", deed: "clear", result: "everything" };
    default:
      return step.operation satisfies never;
  }
}

/** A statement that gives rows back may be a write all the same: `UPDATE … RETURNING`. */
export function isWrite({ operation, sql }: Pick<LiveDatabaseStep, "operation" | "sql">): boolean {
  return operation === "run" || /^\s*(?:insert|replace|update|delete)\b/i.test(sql ?? "");
}

function databaseWords(step: LiveDatabaseStep): StepWords {
  const { operation, sql, reads } = step;
  if (operation === "begin" || operation === "commit" || operation === "rollback")
    return { tone: "frame", deed: operation, result: "" };
  if (!isWrite(step)) return { tone: "read", deed: "read", result: reads.join(", ") };
  const [deed = "run", table = ""] = deedOf(sql ?? "");
  return { tone: "write", deed, result: table };
}

/** `INSERT INTO audit_logs (…` → insert, audit_logs. A label, not a parser: anything else is told by its first word. */
function deedOf(sql: string): string[] {
  const found = /^\s*(?:(insert|replace)\b.*?\binto|(update)(?:\s+or\s+\w+)?|(delete)\s+from)\s+["'`[]?(\w+)/is.exec(
    sql,
  );
  if (found === null) return [/\w+/.exec(sql)?.[0].toLowerCase() ?? "run"];
  return [(found[1] ?? found[2] ?? found[3] ?? "run").toLowerCase(), found[4] ?? ""];
}

function ownFacts(step: LiveStep): Fact[] {
  switch (step.kind) {
    case "arrival":
      return [{ name: "request", text: `${step.method} ${step.path}`, isCode: true }];
    case "answer":
      return [
        { name: "status", text: String(step.status) },
        ...(step.thrown === null ? [] : [{ name: "thrown", text: thrownText(step.thrown) }]),
      ];
    case "cache":
      return cacheFacts(step);
    case "database":
      return databaseFacts(step);
    default:
      return step satisfies never;
  }
}

function cacheFacts({ key, value, timeToLive }: LiveCacheStep): Fact[] {
  return [
    ...(key === null ? [] : [{ name: "key", text: key, isCode: true }]),
    ...(value === undefined ? [] : [{ name: "value", text: valueText(value), isCode: true }]),
    ...(timeToLive === undefined
      ? []
      : [{ name: "lives", text: timeToLive === null ? "for ever" : spanText(timeToLive) }]),
  ];
}

function databaseFacts({ sql, params, changes, costly }: LiveDatabaseStep): Fact[] {
  return [
    ...(sql === null ? [] : [{ name: "statement", text: sql.replaceAll(/\s+/gu, " ").trim(), isCode: true }]),
    ...(params.length === 0 ? [] : [{ name: "with", text: params.map(valueText).join(", "), isCode: true }]),
    ...(changes === undefined ? [] : [{ name: "changed", text: changes === 1 ? "1 row" : `${changes} rows` }]),
    ...(costly ? [{ name: "cost", text: "this is what the cache is there to avoid" }] : []),
  ];
}

function thrownText({ name, message, location }: { name: string; message: string; location: PlaceOfError }): string {
  return `${name}: ${message}${location === null ? "" : ` (${location.file}:${location.line}:${location.column})`}`;
}

type PlaceOfError = { readonly file: string; readonly line: number; readonly column: number } | null;

/** A cache often keeps JSON as text: it is shown as what it means. */
function valueText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
