/** Passes each step of a service on to everybody who counts or shows it. */
import type { Route } from "../../vocabulary.ts";
import type { LiveListener } from "./live-listener.ts";
import type { LiveStep } from "./live-step.ts";
import type { Tally } from "./tally.ts";
import type { Viewer } from "./viewer.ts";

export interface StepTelling {
  readonly routes: readonly Route[];
  readonly viewer: Pick<Viewer, "observe">;
  readonly listener: LiveListener;
  /** Milliseconds since the epoch by the service's clock. */
  readonly now: () => number;
}

/** `route`: of an answer, the id of its route. */
export type TellStep = (step: LiveStep, tally: Tally, route: string | null) => void;

export function createStepTelling({ routes, viewer, listener, now }: StepTelling): TellStep {
  const roles = new Map(routes.map(({ id, role }) => [id, role]));
  return (step, tally, route) => {
    tally.observe(step);
    viewer.observe(step);
    listener.step(step, route);
    if (step.kind !== "answer") return;
    const { status, duration } = step;
    const role = roles.get(route ?? "");
    if (role !== undefined) tally.answered({ role, status, now: now() });
    listener.answer({ route, status, duration });
  };
}
