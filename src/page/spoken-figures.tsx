/** The two numbers for a screen reader: politely, only when they changed, and not more than once in three seconds. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { LiveState } from "../vocabulary.ts";
import { countText } from "./amounts.ts";

const PAUSE = 3000;

export function SpokenFigures({ state }: { readonly state: LiveState }): JSX.Element {
  const text = sentence(state);
  const [spoken, speak] = useState(text);
  const spokenAt = useRef(performance.now());
  useEffect(() => {
    if (text === spoken) return undefined;
    const wait = Math.max(0, PAUSE - (performance.now() - spokenAt.current));
    const waiting = setTimeout(() => {
      spokenAt.current = performance.now();
      speak(text);
    }, wait);
    return () => clearTimeout(waiting);
  }, [text, spoken]);
  return (
    <p class="spoken" aria-live="polite">
      {spoken}
    </p>
  );
}

function sentence({
  scenario: { viewer, unit },
  figures: { shown, actual, gap, hidden, awaitsLook },
}: LiveState): string {
  const verb = awaitsLook ? "last saw" : "sees";
  const seen = shown === null ? `${viewer} has seen no figure yet` : `${viewer} ${verb} ${countText(shown)} ${unit}`;
  const difference =
    gap === null || gap === 0 || awaitsLook
      ? ""
      : hidden === null
        ? `, off by ${countText(Math.abs(gap))}`
        : `, ${countText(gap)} missing`;
  return `${seen}, the database holds ${countText(actual)}${difference}.`;
}
