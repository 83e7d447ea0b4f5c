/** The page at `/`: two numbers, the controls, the chart, the story line, the last verdict. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { LiveState } from "../vocabulary.ts";
import { Chart } from "./chart.tsx";
import { Controls } from "./controls.tsx";
import { Entry } from "./entry.tsx";
import { Figures } from "./figures.tsx";
import { NoticeList } from "./notice-list.tsx";
import { PageHeader } from "./page-header.tsx";
import { ReplayBar } from "./replay-bar.tsx";
import { replayedStep } from "./replay.ts";
import { StoryLine } from "./story-line.tsx";
import { type Service, useService } from "./use-service.ts";
import { VerdictPanel } from "./verdict-panel.tsx";

export function Dashboard(): JSX.Element {
  const service = useService();
  const { state } = service;
  return (
    <>
      <PageHeader service={service} view="dashboard" />
      <main class={`dashboard${(state?.verdict ?? null) === null ? "" : " judged"}`}>
        <NoticeList notices={service.notices} dismiss={service.dismiss} />
        {state === null ? (
          <p class="opening">Connecting to the service …</p>
        ) : (
          <Instrument service={service} state={state} />
        )}
      </main>
    </>
  );
}

function Instrument({ service, state }: { service: Service; state: LiveState }): JSX.Element {
  const [nth, step] = useState<number | null>(null);
  const { model, since, token, order } = service;
  const { scenario, clock, traffic } = state;
  const replayed = replayedStep(state.verdict?.verdict.counterexample ?? null, nth);
  return (
    <>
      <Figures state={state} replayed={replayed}>
        {replayed === null ? (
          <Entry state={state} since={since} />
        ) : (
          <ReplayBar count={replayed.count} nth={replayed.nth} step={step} />
        )}
      </Figures>
      <Controls state={state} mayControl={token !== null} order={order} />
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
      <VerdictPanel state={state} nth={replayed?.nth ?? null} step={step} />
    </>
  );
}
