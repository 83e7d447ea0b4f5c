/** Verdicts about handlers that could not be explored: they do not load, end the process, or never yield. */
import type { LoadFault } from "../runner/index.ts";
import type { Cause, HandlerFault, Scenario, Verdict, VerdictKind } from "../vocabulary.ts";
import type { CheckEnding, Ending } from "./check-children.ts";
import type { CheckSettings } from "./explore-message.ts";
import { failedStartError } from "./failed-start.ts";

export interface FaultContext {
  readonly scenario: Pick<Scenario, "slug" | "requiredStars">;
  readonly settings: CheckSettings;
}

/** A verdict without exploration: no stars, nothing claimed. */
function emptyVerdict(context: FaultContext, told: Pick<Verdict, "verdict" | "cause" | "fault" | "message">): Verdict {
  return {
    schemaVersion: 1,
    scenario: context.scenario.slug,
    stars: 0,
    requiredStars: context.settings.stars,
    properties: [],
    counterexample: null,
    explored: { schedules: 0, requests: 0, switches: 0, complete: false, seed: context.settings.seed },
    confirmed: null,
    success: null,
    timing: {},
    ...told,
  };
}

const NOT_CRASHED: ReadonlyMap<Cause, VerdictKind> = new Map([
  ["globals-patched", "fail"],
  ["outside-requests", "inconclusive"],
]);

export function loadFaultVerdict(context: FaultContext, { cause, fault }: LoadFault): Verdict {
  return emptyVerdict(context, { verdict: NOT_CRASHED.get(cause) ?? "crashed", cause, fault, message: fault.message });
}

/** For what is wrong around the check and says nothing about the handlers. */
export function unusableVerdict(context: FaultContext, message: string): Verdict {
  return emptyVerdict(context, { verdict: "broken-environment", cause: null, fault: null, message });
}

/** For a process that ended although nobody asked it to. One that never came up had no handlers in it yet. */
export function endingVerdict(context: FaultContext, ending: CheckEnding): Verdict {
  if (!ending.cameUp) return neverCameUp(context, ending);
  const { kind, cause, message } = explainEnding(ending);
  const fault: HandlerFault = { message, location: ending.lastWords?.location ?? ending.location };
  return emptyVerdict(context, { verdict: kind, cause, fault, message });
}

function neverCameUp(context: FaultContext, ending: CheckEnding): Verdict {
  const { message, hint } = failedStartError(ending);
  return unusableVerdict(context, `${message}\n${hint}`);
}

/** By the name of the error. */
const THROWN: ReadonlyMap<string, Cause> = new Map([
  ["ReferenceError", "undefined-name"],
  ["ForbiddenImport", "forbidden-import"],
]);

function explainEnding(ending: CheckEnding): { kind: VerdictKind; cause: Cause; message: string } {
  const { lastWords } = ending;
  switch (ending.reason) {
    case "silent":
      return { kind: "timed-out", ...explainSilence(ending) };
    case "memory":
      return { kind: "crashed", cause: "out-of-memory", message: "The handlers used more memory than a check allows" };
    case "flood":
      return { kind: "crashed", cause: "output-flood", message: "The handlers printed more than a check allows" };
    case "stopped":
    case "exited":
      if (lastWords?.kind === "flooded") return { kind: "crashed", cause: "output-flood", message: lastWords.message };
      if (lastWords?.kind === "threw") {
        const cause = THROWN.get(lastWords.name) ?? "handler-threw";
        const name = cause === "forbidden-import" ? "" : `${lastWords.name}: `;
        return { kind: "crashed", cause, message: `${name}${lastWords.message}` };
      }
      return { kind: "crashed", cause: "process-exited", message: lastWords?.message ?? howItEnded(ending) };
    default:
      return ending.reason satisfies never;
  }
}

/** While handlers are being loaded, nobody is there who could tell waiting from looping; the place of a loop can. */
function explainSilence({ loaded, location }: CheckEnding): { cause: Cause; message: string } {
  if (loaded || location !== null)
    return { cause: "endless-loop", message: "Nothing else got its turn for two seconds, so the check stopped it" };
  return {
    cause: "never-answers",
    message: "The files were not loaded after two seconds: something is awaited at the top of one of them",
  };
}

/** The headline has said that it ended. */
function howItEnded({ code, signal }: Ending): string {
  return signal === null
    ? `Exit code ${String(code)}, and nothing that says where it was called`
    : `The signal ${signal}, and nothing that says where it came from`;
}
