/**
 * The root cause of a stale look, and the cache's part in a fresh one, as the record of the run shows them.
 * Reads cache entries and cache operations only; guesses nothing from source text.
 */
import type { CacheEntry, Demonstration, PlayedRequest, StorySection } from "../vocabulary.ts";
import { durationText, packed, sectionLines } from "./story-line.ts";
import type { StoryLine } from "./story-line.ts";

type Line = StorySection["lines"][number];

export function evidenceLines(run: Demonstration): StoryLine[] {
  const key = run.after.cache.find(({ operation, hit }) => operation === "get" && hit === true)?.key ?? null;
  const entry = run.entries.find((each) => each.key === key);
  const found = entry === undefined ? withoutEntry(run) : [...entryLines(entry), ...mutationLines(run, entry.key)];
  return sectionLines({ heading: "🔍 ROOT CAUSE:", lines: found });
}

export function healthLines({ writes, after, again }: Demonstration): StoryLine[] {
  const dropped = writes.filter((write) =>
    mutations(write).some(({ existed, operation }) => existed !== false || operation !== "delete"),
  );
  const kept = again.costly
    ? plain("bad", "The cache served nobody: a look right after another was computed again")
    : plain("good", `A look right after it came from the cache in ${durationText(again.duration)}`);
  const second = after.costly
    ? plain("plain", `The second look was computed from the database in ${durationText(after.duration)}`)
    : plain("plain", `The second look was served without it in ${durationText(after.duration)}`);
  const told =
    dropped.length === 0
      ? plain("plain", `None of ${writes.length} writes found an entry to change`)
      : plain("plain", `${dropped.length} of ${writes.length} writes found an entry to change: ${keysOf(dropped)}`);
  return sectionLines({ heading: "🔍 WHAT THE CACHE DID:", lines: [told, second, kept] });
}

function entryLines({ key, value, age, timeToLive }: CacheEntry): Line[] {
  return [
    plain("plain", "The second look was answered from a cache entry older than the writes:"),
    plain("plain", `key             ${key}`),
    ...valueLines(JSON.stringify(value)),
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
    return [plain("bad", `never heard of  ${writes.length} writes: they changed ${keysOf(touching)} instead`)];
  return [
    plain(
      "bad",
      `still stale     although ${right.length} of ${writes.length} writes changed this key: look at when they did`,
    ),
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

function keysOf(writes: readonly PlayedRequest[]): string {
  const keys = [...new Set(writes.flatMap(mutations).map(({ key }) => key ?? "the whole cache"))];
  const more = keys.length > 3 ? ` and ${keys.length - 3} more` : "";
  return `${keys.slice(0, 3).join(", ")}${more}`;
}

function plain(tone: Line["tone"], text: string): Line {
  return { tone, text };
}

/** At most three lines, so that it reads in 80 columns. */
function valueLines(text: string): Line[] {
  const rows = packed(text.split(/(?<=,)/u), 60);
  const shown = rows.slice(0, 3).map((row, position) => `${(position === 0 ? "value" : "").padEnd(16)}${row}`);
  return [...shown, ...(rows.length > 3 ? [`${" ".repeat(16)}…`] : [])].map((line) => plain("plain", line));
}
