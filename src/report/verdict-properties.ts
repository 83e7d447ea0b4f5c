/** The properties in plain words: what each asks, and what it means when it is broken; and a claim, spelt out exactly. */
import type { Claim, Counterexample, PropertyId } from "../vocabulary.ts";

interface PropertyWords {
  readonly asks: string;
  readonly broken: string;
  /** The same of a story without a write, where that makes a difference. */
  readonly unwritten?: string;
}

const PROPERTY_WORDS: ReadonlyMap<string, PropertyWords> = new Map([
  [
    "contract-kept",
    {
      asks: "answers and rows are those of the service",
      broken: "The service no longer answers or records what it did before",
    },
  ],
  [
    "fresh-in-sequence",
    {
      asks: "one request at a time, every read is fresh",
      broken: "After a write was acknowledged, a read still gets old data",
      unwritten: "One request at a time, and a read gets what is not true",
    },
  ],
  [
    "still-cached",
    {
      asks: "a repeated read is served by the cache",
      broken: "A repeated read is computed again instead of served by the cache",
    },
  ],
  [
    "fresh-around-writes",
    {
      asks: "a read inside a write leaves nothing stale behind",
      broken: "A read that lands inside a write leaves old data behind",
    },
  ],
  [
    "precise",
    {
      asks: "a write forgets only what it changed",
      broken: "A write throws away cached answers that it did not change",
    },
  ],
  [
    "fresh-under-race",
    { asks: "reads and writes may overlap in any way", broken: "Requests that overlap leave old data behind" },
  ],
  [
    "survives-outage",
    { asks: "right answers in time while the cache is down", broken: "When the cache fails, so does the service" },
  ],
]);

/**
 * Whether it shows an old answer that the database contradicts: of the common properties, those of freshness do; a
 * scenario's own does when what was served came from an entry and is compared with what is true.
 */
export function showsOldAnswer({ property, entry, expected }: ServedAnswer): boolean {
  if (PROPERTY_WORDS.has(property)) return property.startsWith("fresh");
  return entry !== undefined && expected !== null;
}

export type ServedAnswer = Pick<Counterexample, "property" | "entry" | "expected">;

/** `asks`: the words of a scenario's own properties, by id. */
export type Asks = Readonly<Record<string, string>>;

export function propertyAsks(id: PropertyId, asks: Asks): string {
  return PROPERTY_WORDS.get(id)?.asks ?? asks[id] ?? id.replaceAll("-", " ");
}

/** `written`: whether the story has a write in it. */
export function propertyBroken(id: PropertyId, asks: Asks, written = true): string {
  const own = asks[id];
  const unwritten = written ? undefined : PROPERTY_WORDS.get(id)?.unwritten;
  if (unwritten !== undefined) return unwritten;
  return PROPERTY_WORDS.get(id)?.broken ?? (own === undefined ? `${id} does not hold` : `This does not hold: ${own}`);
}

/** Exact: says "all" and "complete" only of a claim that is complete. */
export function claimText(claim: Claim): string {
  const bound = `of ${count(claim.requests, "request")} ${switchText(claim.switches)}`;
  if (!claim.complete) return `${count(claim.schedules, "schedule")} ${bound}, not complete`;
  return `${claim.schedules === 1 ? "the only schedule" : `all ${claim.schedules} schedules`} ${bound}, complete`;
}

export function switchText(most: number): string {
  return most === 0 ? "without a switch" : `with at most ${count(most, "switch", "switches")}`;
}

export function count(amount: number, one: string, many: string = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
