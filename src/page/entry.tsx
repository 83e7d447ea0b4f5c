/** The cached answer that people are given: its name, its age, and the time it has left, counted on between messages. */
import type { JSX } from "preact";
import type { LiveEntry, LiveState } from "../vocabulary.ts";
import { spanText } from "./amounts.ts";

interface EntryProps {
  readonly state: LiveState;
  /** Milliseconds since `state` was told. */
  readonly since: number;
}

export function Entry({ state, since }: EntryProps): JSX.Element {
  const { entry } = state;
  const left = timeLeft(entry, since);
  if (entry === null || left === 0) return <p class="entry none">{nothingText(state)}</p>;
  return (
    <div class={`entry${entry.stale ? " stale" : ""}`}>
      <p>
        <span class="tag">{entry.stale ? "cached, out of date" : "cached, true"}</span> <code>{entry.key}</code>{" "}
        <span class="nowrap">{spanText(entry.age + since)} old</span>
        <span class="nowrap">{left === null ? ", never expires" : `, ${spanText(left)} left`}</span>
      </p>
      {left !== null && (
        <div class="life" aria-hidden="true">
          <span style={{ width: `${(100 * left) / (entry.age + since + left)}%` }} />
        </div>
      )}
    </div>
  );
}

/** Milliseconds; null: it has no end, or there is none. */
export function timeLeft(entry: LiveEntry | null, since: number): number | null {
  if (entry === null || entry.timeToLive === null) return null;
  return Math.max(0, entry.timeToLive - since);
}

function nothingText({ figures: { fromCache, lookedAt } }: LiveState): string {
  if (lookedAt === null) return "Nobody has looked yet.";
  return fromCache === true
    ? "The answer came from the cache; it holds it no longer."
    : "No answer is cached: the next look asks the database.";
}
