/** The guide's step that is on: its title, the minutes planned and spent, and what to say. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { spanText } from "./amounts.ts";
import type { GuideProgress } from "./use-guide.ts";

const MINUTE = 60_000;

export function GuidePanel({ guide }: { readonly guide: GuideProgress }): JSX.Element | null {
  const { step, steps, nth, spent } = guide;
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => text.current?.scrollTo(0, 0), [nth]);
  if (step === null) return null;
  const planned = step.minutes * MINUTE;
  return (
    <aside class="guide" aria-labelledby="guide-title">
      <p class="progress">
        step {nth + 1} of {steps.length}
        <span class={spent > planned ? "over" : ""}>
          {spanText(spent)} of {spanText(planned)}
        </span>
      </p>
      <div class="life" aria-hidden="true">
        <span style={{ width: `${Math.min(100, (100 * spent) / planned)}%` }} />
      </div>
      <h2 id="guide-title">{step.title}</h2>
      {/* Written by the lesson's author and rendered by the service; the page's policy runs no script in it. */}
      <div
        ref={text}
        class="guide-text"
        tabIndex={0}
        role="region"
        aria-label="Notes"
        dangerouslySetInnerHTML={{ __html: step.html }}
      />
      {steps[nth + 1] !== undefined && <p class="next">next: {steps[nth + 1]?.title}</p>}
    </aside>
  );
}
