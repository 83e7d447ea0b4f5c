/** A counterexample in columns, one for each request, with the step that is looked at. Arrow keys move it. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Counterexample, StoryStep } from "../vocabulary.ts";
import { spanText } from "./amounts.ts";
import { actorLetter, type Scene, scenesOf } from "./replay.ts";
import { stepByKey } from "./replay-bar.tsx";

interface ReplayProps {
  readonly story: Counterexample;
  /** From 0; null: nobody steps. */
  readonly nth: number | null;
  readonly step: (nth: number | null) => void;
}

export function ReplayColumns({ story, nth, step }: ReplayProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const begin = useRef<HTMLButtonElement>(null);
  const before = useRef(nth);
  useEffect(() => {
    place.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    // Whoever has stepped beside the numbers comes back to where it began.
    if (nth === null && before.current !== null) begin.current?.focus();
    before.current = nth;
  }, [nth]);
  return (
    <div class="replay" onKeyDown={(event) => stepByKey(event, { count: story.steps.length, nth, step })}>
      <div class="actions" hidden={nth !== null}>
        <button ref={begin} type="button" class="main" onClick={() => step(0)}>
          Step through it
        </button>
      </div>
      <div ref={place} class="scenes">
        {scenesOf(story).map((scene) => (
          <SceneView key={scene.steps[0]?.nth} scene={scene} story={story} nth={nth} step={step} />
        ))}
      </div>
    </div>
  );
}

function SceneView({ scene, story, nth, step }: ReplayProps & { scene: Scene }): JSX.Element {
  return (
    <div class="scene" style={{ gridTemplateColumns: `repeat(${scene.actors.length}, minmax(8.5rem, 1fr))` }}>
      {scene.actors.map((actor, column) => (
        <Head key={actor} actor={actor} column={column} story={story} />
      ))}
      {scene.steps.map(({ step: each, nth: own }, row) => (
        <button
          key={own}
          type="button"
          class={`replay-step ${each.kind} ${each.mark === undefined ? "" : `mark-${each.mark}`} ${nth !== null && own > nth ? "ahead" : ""}`}
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
      {request?.later !== undefined && <span class="label">{spanText(request.later)} later</span>}
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
