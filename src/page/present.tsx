/** The page at `/present`: the numbers large enough for the back row, the guide beside them, the keyboard as the only hand. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { LiveState } from "../vocabulary.ts";
import { Chart } from "./chart.tsx";
import { Entry } from "./entry.tsx";
import { Figures } from "./figures.tsx";
import { GuidePanel } from "./guide-panel.tsx";
import { KeyLegend } from "./key-legend.tsx";
import { NoticeList } from "./notice-list.tsx";
import { PageHeader } from "./page-header.tsx";
import { replayedStep } from "./replay.ts";
import { StoryLine } from "./story-line.tsx";
import { useGuide } from "./use-guide.ts";
import { useKeys } from "./use-keys.ts";
import { type Service, useService } from "./use-service.ts";
import { VerdictPanel } from "./verdict-panel.tsx";

export function Present(): JSX.Element {
  const service = useService();
  const { state } = service;
  return (
    <>
      <PageHeader service={service} view="present" />
      {state === null ? (
        <main class="stage">
          <NoticeList notices={service.notices} dismiss={service.dismiss} />
          <p class="opening">Connecting to the service …</p>
        </main>
      ) : (
        <Stage service={service} state={state} />
      )}
    </>
  );
}

function Stage({ service, state }: { service: Service; state: LiveState }): JSX.Element {
  const [nth, step] = useState<number | null>(null);
  const [showsNotes, showNotes] = useState(true);
  const guide = useGuide(service.token);
  const replayed = replayedStep(state.verdict?.verdict.counterexample ?? null, nth);
  const switchNotes = (): void => showNotes((shown) => !shown);
  const keys = useKeys({ service, state, guide, replayed, step, showsNotes, switchNotes });
  return (
    <>
      <main class={`stage${showsNotes && guide.step !== null ? "" : " alone"}${replayed === null ? "" : " stepping"}`}>
        <NoticeList notices={service.notices} dismiss={service.dismiss} />
        <Figures state={state} replayed={replayed}>
          {replayed === null ? <Entry state={state} since={service.since} /> : null}
        </Figures>
        {replayed === null ? (
          <Evidence service={service} state={state} />
        ) : (
          <VerdictPanel state={state} nth={replayed.nth} step={step} />
        )}
        {showsNotes && <GuidePanel guide={guide} />}
      </main>
      <KeyLegend keys={keys} />
    </>
  );
}

function Evidence({ service: { model, since }, state }: { service: Service; state: LiveState }): JSX.Element {
  const { scenario, clock, traffic } = state;
  return (
    <>
      <Chart
        points={model.points}
        now={clock.now + since}
        viewer={scenario.viewer}
        unit={scenario.unit}
        writesPerMinute={traffic.writesPerMinute}
      />
      <StoryLine
        steps={model.steps}
        viewerRequest={scenario.viewerRequest}
        viewer={scenario.viewer}
        totals={state.totals}
      />
    </>
  );
}
