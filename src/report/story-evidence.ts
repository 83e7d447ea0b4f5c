/**
 * The root cause of a stale look, and the cache's part in a fresh one, as the record of the run shows them.
 * Reads cache entries and cache operations only; guesses nothing from source text.
 */
import type { CacheEntry, Demonstration, PlayedRequest, StorySection } from "../vocabulary.ts";
import { durationText, packed, sectionLines } from "./story-line.ts";
import type { StoryLine } from "./story-line.ts";

type Line = StorySection["lines"][number];

export function evidenceLines(run: Demonstration, width: number): StoryLine[] {
  const key = run.after.cache.find(({ operation, hit }) => operation === "get" && hit === true)?.key ?? null;
  const entry = run.entries.find((each) => each.key === key);
  const found =
    entry === undefined ? withoutEntry(run) : [...entryLines(run, entry, width), ...mutationLines(run, entry.key)];
  return sectionLines({ heading: "🔍 ROOT CAUSE:", lines: found }, width);
}

export function healthLines({ writes, after, again }: Demonstration, width: number): StoryLine[] {
  const second = after.costly
    ? `The second look was computed from the database in ${durationText(after.duration)}`
    : `The second look came without the database in ${durationText(after.duration)}`;
  const kept = again.costly
    ? plain(
        "bad",
        `The look right after it was computed again in ${durationText(again.duration)}: the cache served nobody`,
      )
    : plain("good", `The look right after it came from the cache in ${durationText(again.duration)}`);
  const told = wrapped([...toldLines(writes), plain("plain", second), kept, plain("dim", ONE_ORDER)], width);
  return sectionLines({ heading: "🔍 WHAT THE CACHE DID:", lines: told }, width);
}

/** A fix that is right only by luck comes this far as well. */
const ONE_ORDER =
  "So it went in this one order of requests. Whether it goes well in every order, only the check can tell.";

/** What the writes did to the cache, and how many of them there was something to do for. */
function toldLines(writes: readonly PlayedRequest[]): Line[] {
  const touching = writes.filter((write) => mutations(write).length > 0);
  if (touching.length === 0) return [plain("plain", `None of the ${writes.length} writes touched the cache`)];
  const did = plain("plain", `${touching.length} of ${writes.length} writes ${deedsOf(touching)}`);
  const dropped = touching.filter((write) =>
    mutations(write).some(({ existed, operation }) => existed !== false || operation !== "delete"),
  );
  const [found, late] = [dropped.length, touching.length - dropped.length];
  if (late === 0) return [did];
  if (found === 0) return [did, plain("bad", "None of them found anything there to delete")];
  return [
    did,
    plain(
      "plain",
      `${found} found it there; for the ${late === 1 ? "other one" : `other ${late}`} it was gone already`,
    ),
  ];
}

function entryLines({ writes }: Demonstration, entry: CacheEntry, width: number): Line[] {
  const { key, value, age, timeToLive } = entry;
  const byWrite = writes.some((write) => mutations(write).some((each) => each.operation === "set" && each.key === key));
  const older = byWrite ? "older than the last write" : "older than the writes";
  return [
    plain("plain", `The second look was answered from a cache entry ${older}:`),
    plain("plain", `key             ${key}`),
    ...valueLines(JSON.stringify(value), width),
    plain("plain", `age             ${durationText(age)}`),
    plain(
      "plain",
      timeToLive === null ? "time to live    for ever" : `time to live    another ${durationText(timeToLive)}`,
    ),
  ];
}

function mutationLines({ writes }: Demonstration, key: string): Line[] {
  const touching = writes.filter((write) => mutations(write).length > 0);
  const right = touching.filter((write) => mutations(write).some((each) => each.key === key || each.key === null));
  if (touching.length === 0)
    return [plain("bad", `never heard of  ${writes.length} writes: none of them touched the cache`)];
  if (right.length === 0)
    return [
      plain(
        "bad",
        `never heard of  ${touching.length} of ${writes.length} writes: they ${verbOf(touching)} another key,`,
      ),
      plain("bad", `${INDENT}${keysOf(touching)}`),
    ];
  return [
    plain(
      "bad",
      `still stale     although ${right.length} of ${writes.length} writes ${verbOf(right)} this key: look at`,
    ),
    plain("bad", `${INDENT}when they do it, and whether they wait until it is done`),
  ];
}

function withoutEntry({ after }: Demonstration): Line[] {
  const source = after.costly
    ? "computed from the database"
    : "answered without a cache entry and without the database";
  return [plain("bad", `The second look was ${source}, and still differs from the database: look outside the cache.`)];
}

function mutations({ cache }: PlayedRequest): PlayedRequest["cache"] {
  return cache.filter(({ operation }) => operation !== "get");
}

/** What was done to which keys: `deleted a and stored b`. */
function deedsOf(writes: readonly PlayedRequest[]): string {
  const deeds = (["delete", "set", "clear"] as const).flatMap((operation) => {
    const some = writes.flatMap(mutations).filter((each) => each.operation === operation);
    if (some.length === 0) return [];
    return [operation === "clear" ? "emptied the whole cache" : `${VERBS[operation]} ${namesOf(some)}`];
  });
  return deeds.join(" and ");
}

const VERBS = { delete: "deleted", set: "stored" } as const;

function verbOf(writes: readonly PlayedRequest[]): string {
  const operations = new Set(writes.flatMap(mutations).map(({ operation }) => operation));
  const [only] = operations;
  return operations.size === 1 && (only === "delete" || only === "set") ? VERBS[only] : "changed";
}

function keysOf(writes: readonly PlayedRequest[]): string {
  return namesOf(writes.flatMap(mutations));
}

function namesOf(operations: PlayedRequest["cache"]): string {
  const keys = [...new Set(operations.map(({ key }) => key ?? "the whole cache"))];
  const more = keys.length > 3 ? ` and ${keys.length - 3} more` : "";
  return `${keys.slice(0, 3).join(", ")}${more}`;
}

/** Under a heading there are two columns less. */
function wrapped(lines: readonly Line[], width: number): Line[] {
  return lines.flatMap(({ text, tone }) => packed(text.split(/(?<=\s)/u), width - 2).map((row) => plain(tone, row)));
}

/** The width of the evidence's labels. */
const INDENT = " ".repeat(16);

function plain(tone: Line["tone"], text: string): Line {
  return { tone, text };
}

/** At most three lines, beside the label. */
function valueLines(text: string, width: number): Line[] {
  const rows = packed(text.split(/(?<=,)/u), Math.min(60, width - 2 - INDENT.length));
  const shown = rows.slice(0, 3).map((row, position) => `${(position === 0 ? "value" : "").padEnd(16)}${row}`);
  return [...shown, ...(rows.length > 3 ? [`${INDENT}…`] : [])].map((line) => plain("plain", line));
}
