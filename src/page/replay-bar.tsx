/** Moves through a counterexample, beside the numbers that move with it. Has the focus while somebody steps. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { moved } from "./replay.ts";

export interface Stepping {
  /** Steps of the story. */
  readonly count: number;
  /** From 0; null: nobody steps. */
  readonly nth: number | null;
  readonly step: (nth: number | null) => void;
}

export function ReplayBar(stepping: Stepping): JSX.Element {
  const { count, nth, step } = stepping;
  const main = useRef<HTMLButtonElement>(null);
  useEffect(() => main.current?.focus({ preventScroll: true }), []);
  const isAtEnd = nth === count - 1;
  return (
    <div class="replay-bar actions" onKeyDown={(event) => stepByKey(event, stepping)}>
      <button type="button" disabled={nth === 0} onClick={() => step(moved(nth, -1, count))}>
        Back
      </button>
      <button ref={main} type="button" class="main" onClick={() => step(isAtEnd ? 0 : moved(nth, 1, count))}>
        {isAtEnd ? "From the start" : "Next step"}
      </button>
      <button type="button" onClick={() => step(null)}>
        Live numbers
      </button>
    </div>
  );
}

/** Arrow keys move, Escape ends it. */
export function stepByKey(event: KeyboardEvent, { count, nth, step }: Stepping): void {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") step(null);
  else if (by !== undefined) step(moved(nth, by, count));
  else return;
  event.preventDefault();
}
