/** The two numbers, and what lies between them. Draws the service's figures, or those of a counterexample's step. */
import type { JSX } from "preact";
import type { LiveState } from "../vocabulary.ts";
import { countText, shareText } from "./amounts.ts";
import type { ReplayedStep } from "./replay.ts";
import { SpokenFigures } from "./spoken-figures.tsx";

interface FiguresProps {
  readonly state: LiveState;
  /** A step of the counterexample that is being stepped through; null: the service as it is. */
  readonly replayed: ReplayedStep | null;
  readonly children: JSX.Element | null;
}

export function Figures({ state, replayed, children }: FiguresProps): JSX.Element {
  const story = (replayed?.figures ?? null) === null ? null : replayed;
  const figures = story?.figures ?? state.figures;
  const differ = figures.shown !== null && figures.shown !== figures.actual;
  const isWrong = differ && (story !== null || !state.figures.awaitsLook);
  return (
    <section
      class={`figures${isWrong ? " differ" : ""}${replayed === null ? "" : " stepped"}${story === null ? "" : " replayed"}`}
      aria-label="The two numbers"
    >
      <Figure
        name={`${capitalised(state.scenario.viewer)} sees`}
        unit={state.scenario.unit}
        side="shown"
        value={figures.shown}
      />
      {story === null ? <Gap figures={state.figures} /> : <ReplayedGap replayed={story} />}
      <Figure name="Database holds" unit={state.scenario.unit} side="actual" value={figures.actual} />
      {story === null && <Share figures={state.figures} />}
      {children}
      <SpokenFigures state={state} />
    </section>
  );
}

function Figure(figure: { name: string; unit: string; side: "shown" | "actual"; value: number | null }): JSX.Element {
  const text = countText(figure.value);
  return (
    <div class={`figure ${figure.side}${figure.value === null ? " none" : ""}`}>
      <h2>{figure.name}</h2>
      <p class={`number length-${Math.min(text.length, 9)}`} data-figure={figure.side}>
        {/* A new element for each value, so that a change is seen to happen. */}
        <span key={text}>{text}</span>
      </p>
      <p class="unit">{figure.unit}</p>
    </div>
  );
}

function Gap({ figures }: { figures: LiveState["figures"] }): JSX.Element {
  const { gap, hidden, awaitsLook } = figures;
  return (
    <div class={`gap${awaitsLook ? " waiting" : ""}`} data-gap={gap ?? ""}>
      {gap !== null && (
        <p class="sign" aria-hidden="true">
          {gap === 0 ? "=" : awaitsLook ? "…" : "≠"}
        </p>
      )}
      <p class="gap-count">{gapText(figures)}</p>
      {hidden !== null && hidden > 0 && <p class="gap-share">{shareText(hidden)} hidden</p>}
    </div>
  );
}

function gapText({ gap, hidden, awaitsLook }: LiveState["figures"]): string {
  if (gap === null) return "no figure yet";
  if (gap === 0) return "they agree";
  if (awaitsLook) return `${gap > 0 ? "+" : "−"}${countText(Math.abs(gap))} since the last look`;
  return hidden === null ? `off by ${countText(Math.abs(gap))}` : `${countText(gap)} missing`;
}

function ReplayedGap({ replayed: { nth, count, figures } }: { replayed: ReplayedStep }): JSX.Element {
  const isSeen = figures !== null && figures.shown !== null;
  return (
    <div class="gap">
      {isSeen && (
        <p class="sign" aria-hidden="true">
          {figures.shown === figures.actual ? "=" : "≠"}
        </p>
      )}
      <p class="gap-count">
        step {nth + 1} of {count}
      </p>
      <p class="gap-share">of the counterexample</p>
    </div>
  );
}

/** How much of the truth is seen, as a length; where something is wrong and nothing hidden, there is none. */
function Share({ figures: { gap, hidden } }: { figures: LiveState["figures"] }): JSX.Element {
  if (gap === null || (gap !== 0 && hidden === null)) return <div class="share" />;
  const seen = Math.min(1, Math.max(0, 1 - (hidden ?? 0)));
  return (
    <div class="share" aria-hidden="true">
      <span class="seen" style={{ flexGrow: seen }} />
      <span class="unseen" style={{ flexGrow: 1 - seen }} />
    </div>
  );
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
