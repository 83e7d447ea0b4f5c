/** A counterexample in columns, one for each request, with the step that is looked at. Buttons and arrow keys move it. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Counterexample, StoryStep } from "../vocabulary.ts";
import { actorLetter, moved, type Scene, scenesOf } from "./replay.ts";

interface ReplayProps {
  readonly story: Counterexample;
  /** From 0; null: nobody steps. */
  readonly nth: number | null;
  readonly step: (nth: number | null) => void;
}

export function ReplayColumns({ story, nth, step }: ReplayProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  useEffect(
    () => place.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }),
    [nth],
  );
  return (
    <div class="replay" onKeyDown={(event) => onKey(event, { story, nth, step })}>
      <Buttons story={story} nth={nth} step={step} />
      <div ref={place} class="scenes">
        {scenesOf(story).map((scene) => (
          <SceneView key={scene.steps[0]?.nth} scene={scene} story={story} nth={nth} step={step} />
        ))}
      </div>
    </div>
  );
}

function onKey(event: KeyboardEvent, { story, nth, step }: ReplayProps): void {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") step(null);
  else if (by !== undefined) step(moved(nth, by, story.steps.length));
  else return;
  event.preventDefault();
}

function Buttons({ story, nth, step }: ReplayProps): JSX.Element {
  const count = story.steps.length;
  return (
    <div class="actions">
      <button type="button" class="main" onClick={() => step(nth === count - 1 ? 0 : moved(nth, 1, count))}>
        {nth === null ? "Step through it" : nth === count - 1 ? "From the start" : "Next step"}
      </button>
      <button type="button" disabled={nth === null || nth === 0} onClick={() => step(moved(nth, -1, count))}>
        Back
      </button>
      <button type="button" disabled={nth === null} onClick={() => step(null)}>
        Live numbers
      </button>
    </div>
  );
}

function SceneView({ scene, story, nth, step }: ReplayProps & { scene: Scene }): JSX.Element {
  return (
    <div class="scene" style={{ gridTemplateColumns: `repeat(${scene.actors.length}, minmax(0, 1fr))` }}>
      {scene.actors.map((actor, column) => (
        <Head key={actor} actor={actor} column={column} story={story} />
      ))}
      {scene.steps.map(({ step: each, nth: own }, row) => (
        <button
          key={own}
          type="button"
          class={`replay-step ${each.kind} ${each.mark ?? ""} ${nth !== null && own > nth ? "ahead" : ""}`}
          style={{ gridColumn: scene.actors.indexOf(each.actor) + 1, gridRow: row + 2 }}
          aria-current={own === nth ? "step" : undefined}
          tabIndex={own === (nth ?? 0) ? 0 : -1}
          onClick={() => step(own)}
        >
          <span class="count">{own + 1}</span>
          <StepText step={each} />
        </button>
      ))}
    </div>
  );
}

function Head({ actor, column, story }: { actor: number; column: number; story: Counterexample }): JSX.Element {
  const request = story.requests.find((each) => each.actor === actor);
  return (
    <h3 style={{ gridColumn: column + 1, gridRow: 1 }}>
      <strong>{actorLetter(actor)}</strong> {request?.method} <span class="path">{request?.path}</span>
      {request?.label !== undefined && <span class="label">{request.label}</span>}
    </h3>
  );
}

function StepText({ step: { kind, text, result, mark } }: { step: StoryStep }): JSX.Element {
  return (
    <span class="text">
      {kind === "arrival" ? "arrives" : text}{" "}
      {result !== undefined && <em>{kind === "answer" ? result : `→ ${result}`}</em>}
      {(mark === "poison" || mark === "served") && <strong class="mark">{MARKS[mark]}</strong>}
    </span>
  );
}

const MARKS = { poison: "poison: an old answer is kept", served: "somebody gets it" };
