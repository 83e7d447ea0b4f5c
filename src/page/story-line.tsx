/**
 * Everything the service did, in columns by request, the newest on the right. Keeps still while somebody looks at a
 * step; of the past it draws the newest requests only, so that it never grows.
 */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { LiveState, NumberedStep } from "../vocabulary.ts";
import { type RequestGroup, requestGroups } from "./request-columns.ts";
import { RequestGroupView } from "./request-group.tsx";
import { StepDetail } from "./step-detail.tsx";
import { useStepKeys } from "./step-keys.ts";
import { TotalsList } from "./totals-list.tsx";
import { useNewestInView, useStillness } from "./stillness.ts";

interface StoryLineProps {
  readonly steps: readonly NumberedStep[];
  /** Method and path of the viewer's request, and whose it is. */
  readonly viewerRequest: string;
  readonly viewer: string;
  readonly totals: LiveState["totals"];
}

const REQUESTS_SHOWN = 30;
/** Enough for that many requests, however much each does. */
const STEPS_LOOKED_AT = 600;

export function StoryLine({ steps, totals, ...names }: StoryLineProps): JSX.Element {
  const [looked, look] = useState<number | null>(null);
  const { shown, missed, whileLooking } = useStillness(steps);
  const groups = useMemo(() => requestGroups(shown.slice(-STEPS_LOOKED_AT), REQUESTS_SHOWN), [shown]);
  const keys = useStepKeys({ groups, looked, look });
  const tabStop = tabStopIn(groups, looked);
  return (
    <section class="story" aria-labelledby="story-title">
      <header>
        <h2 id="story-title">Story line</h2>
        <TotalsList totals={totals} />
        <p class="note">{noteText(groups.length, missed)}</p>
      </header>
      <div
        ref={useNewestInView(shown)}
        class="requests"
        role="group"
        aria-label="Requests, the newest on the right. The arrow keys move from step to step."
        onKeyDown={keys}
        {...whileLooking}
      >
        {groups.map((group) => (
          <RequestGroupView
            key={group.columns[0]?.cells[0]?.step.position}
            group={group}
            names={names}
            look={look}
            looked={looked}
            tabStop={tabStop}
          />
        ))}
      </div>
      <StepDetail step={shown.find(({ position }) => position === looked) ?? null} />
    </section>
  );
}

/** The step that Tab leads to: the one that was looked at, or where that is gone, the first of the newest request. */
function tabStopIn(groups: readonly RequestGroup[], looked: number | null): number | null {
  const columns = groups.flatMap((group) => group.columns);
  const isThere = columns.some(({ cells }) => cells.some(({ step }) => step.position === looked));
  return isThere ? looked : (columns.at(-1)?.cells[0]?.step.position ?? null);
}

function noteText(groups: number, missed: number): string {
  if (groups === 0) return "Nothing was asked yet.";
  if (missed > 0) return `Held still while you look: ${missed} newer steps wait.`;
  return "Point at a step, or use Tab and the arrow keys.";
}
