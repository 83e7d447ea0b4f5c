/** Short words for one event of a traced history: what was done, and what came back. Ids are canonical already. */
import type { CacheEvent, DatabaseEvent, Event, Json, RequestRecord } from "../../vocabulary.ts";

export interface StepText {
  readonly text: string;
  readonly result?: string;
}

const LONGEST = 48;

/** `telling`: members in which the served and the expected answer differ; they stand for the whole value. */
export function stepText(event: Event, record: RequestRecord, telling: readonly string[]): StepText {
  switch (event.kind) {
    case "arrival":
      return { text: `${record.method} ${record.path}` };
    case "cache":
      return cacheText(event, telling);
    case "database":
      return databaseText(event, telling);
    case "timer":
      return { text: `timer of ${event.delay} ms` };
    case "answer":
      return answerText(record, telling);
    case "crash":
      return { text: "the process dies" };
    default:
      return event satisfies never;
  }
}

/** A value in few characters: its telling members if it has them, else compact JSON, cut. */
function shorten(value: Json, telling: readonly string[]): string {
  const known = parsed(value);
  if (typeof known === "object" && known !== null && !Array.isArray(known)) {
    const shown = telling.flatMap((path) => tell(path, known));
    if (shown.length > 0) return cut(shown.slice(0, 1).join(", "));
  }
  return cut(typeof known === "string" ? known : JSON.stringify(known));
}

function cacheText(event: CacheEvent, telling: readonly string[]): StepText {
  const name = `cache.${event.operation}${event.key === null ? "" : ` ${event.key}`}`;
  if (event.fault !== undefined) return { text: name, result: FAULTS[event.fault] };
  if (event.operation === "set")
    return { text: event.value === undefined ? name : `${name} = ${shorten(event.value, telling)}` };
  if (event.operation === "delete")
    return { text: name, ...(event.existed === false ? { result: "nothing there" } : {}) };
  if (event.operation === "clear") return { text: name };
  if (event.hit !== true) return { text: name, result: "miss" };
  return { text: name, result: event.value === undefined ? "hit" : shorten(event.value, telling) };
}

const FAULTS = {
  miss: "miss (cache down)",
  false: "false (cache down)",
  error: "throws (cache down)",
  hang: "no answer (cache down)",
  "lose-delete": "lost",
  evict: "evicted",
  crash: "the process dies",
} as const;

function databaseText(event: DatabaseEvent, telling: readonly string[]): StepText {
  const name = `db.${event.operation}${event.sql === null ? "" : ` ${statement(event.sql, event.reads)}`}`;
  if (event.error !== undefined) return { text: name, result: cut(event.error) };
  if (event.operation === "run")
    return { text: name, ...(event.changes === undefined ? {} : { result: rows(event.changes) }) };
  const isReading = event.operation === "get" || event.operation === "all";
  if (!isReading || event.value === undefined) return { text: name };
  return { text: name, result: event.value === null ? "no row" : shorten(event.value, telling) };
}

function rows(count: number): string {
  return count === 1 ? "1 row" : `${count} rows`;
}

function answerText(record: RequestRecord, telling: readonly string[]): StepText {
  const { response } = record;
  if (response === null) return { text: "←" };
  if (response.notModified === true)
    return { text: "← 304", result: `not modified: ${shorten(response.body, telling)}` };
  const text = `← ${response.status}`;
  return record.role === "read" && response.body !== null
    ? { text, result: shorten(response.body, telling) }
    : { text };
}

/** The verb and the tables: of a query all that it reads, joined ones and those of its parts too; else the one it changes. */
function statement(sql: string, reads: readonly string[]): string {
  const [, verb = "", table = ""] =
    /^\s*(\w+)\b[\s\S]*?\b(?:from|into|update|table)\s+["`[]?(\w+)/i.exec(updatable(sql)) ?? [];
  if (isQuery(sql) && reads.length > 0) return `SELECT ${inOrderOf(sql, reads).join(", ")}`;
  return verb === "" ? cut(sql.replaceAll(/\s+/g, " ").trim()) : `${verb.toUpperCase()} ${table}`;
}

function isQuery(sql: string): boolean {
  return (
    /^\s*(?:select|with)\b/i.test(sql) &&
    !/\b(?:insert|update|delete|replace)\s+(?:or|into|from|\w+\s+set)\b/i.test(sql)
  );
}

/** The table that a reader of the statement looks for first: that of its own FROM; then the others as they are written. */
function inOrderOf(sql: string, reads: readonly string[]): string[] {
  const outer = withoutParts(sql);
  const place = (table: string): number => {
    const named = new RegExp(`(?<!\\w)${table.replaceAll(/\W/g, String.raw`\$&`)}(?!\\w)`, "i");
    const [own, anywhere] = [outer.search(named), sql.search(named)];
    if (own >= 0) return own;
    return sql.length + (anywhere >= 0 ? anywhere : sql.length);
  };
  return [...new Set(reads)].toSorted((one, other) => place(one) - place(other));
}

/** Without what stands in brackets: sub-selects, arguments, common table expressions. */
function withoutParts(sql: string): string {
  const shorter = sql.replaceAll(/\([^()]*\)/g, " ");
  return shorter === sql ? sql : withoutParts(shorter);
}

/** Lets `UPDATE t` be found like `DELETE FROM t`. */
function updatable(sql: string): string {
  return sql.replace(/^\s*update\s+(?:or\s+\w+\s+)?/i, "UPDATE update ");
}

function tell(path: string, value: Json): string[] {
  let inner: Json | undefined = value;
  for (const name of path.split("."))
    inner = typeof inner === "object" && inner !== null ? (inner as { [name: string]: Json })[name] : undefined;
  return inner === undefined || (typeof inner === "object" && inner !== null)
    ? []
    : [`${spelled(path)}: ${String(inner)}`];
}

/** `items.0.price` as code spells it: `items[0].price`. */
function spelled(path: string): string {
  return path.replaceAll(/\.(\d+)(?=\.|$)/g, "[$1]");
}

/** Some handlers keep JSON text in the cache. */
function parsed(value: Json): Json {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
