/** What a step shows between its head and its keys. Reads the scenario's pages and the participant's files; prints nothing. */
import { join } from "node:path";
import { pages } from "../scenario/index.ts";
import type { Scenario } from "../vocabulary.ts";
import { progress } from "../workspace/index.ts";
import { describeError } from "./describe-error.ts";
import { handlerPlaces } from "./handler-places.ts";
import type { Io } from "./io.ts";
import { lookAtCopy } from "./look-at-copy.ts";
import { verdictText } from "./print-verdict.ts";
import { keysOf, type SessionState } from "./session-state.ts";
import { comparisonText, incidentText, lessonText, placesText } from "./session-steps.ts";
import { waitingText } from "./session-text.ts";

export interface Subject {
  readonly state: SessionState;
  readonly scenario: Scenario;
  /** The working copy, as the reader would type it. */
  readonly folder: string;
  readonly io: Io;
  /** Whether the terminal shows links. */
  readonly links: boolean;
}

/** Ends with a line break. */
export async function bodyText(subject: Subject): Promise<string> {
  const { state } = subject;
  if (state.panel?.kind === "printed") return state.panel.text;
  if (state.panel?.kind === "timeline") return await checkedText(subject, { brief: false });
  switch (state.step) {
    case "incident":
      return incidentText(subject.scenario, subject.io);
    case "code":
      return await codeText(subject);
    case "fix":
      return await fixText(subject);
    case "comparison":
      return comparisonText(subject.scenario, { passed: hasPassed(state), look: subject.io });
    case "lesson":
      return await lessonOf(subject);
    default:
      return state.step satisfies never;
  }
}

async function fixText(subject: Subject): Promise<string> {
  const { state, folder, io } = subject;
  if (state.checked.kind === "verdict") return await checkedText(subject, { brief: true });
  return waitingText(state, { folder, look: io });
}

async function checkedText({ state, scenario, ...subject }: Subject, { brief }: { brief: boolean }): Promise<string> {
  const io = { ...subject.io, keys: keysOf(state).map(([key]) => key) };
  if (state.checked.kind !== "verdict") return "";
  const { verdict, files } = state.checked;
  return await verdictText({ verdict, files, scenario, full: !brief, replayed: false, handlers: undefined, io, brief });
}

async function codeText({ scenario, folder, io, links }: Subject): Promise<string> {
  const look = await lookAtCopy(scenario, io);
  if (look.kind === "trouble") return describeError(look.error, io);
  const places = handlerPlaces(scenario.routes, look.files);
  return placesText(places, { folder, root: links ? join(io.cwd, folder) : null, look: io });
}

/** The words of the speaker's last step: what to take home. */
async function lessonOf({ scenario, io }: Subject): Promise<string> {
  const { slug } = scenario;
  const [guide, attempts] = await Promise.all([
    pages.loadGuide({ root: io.root, slug }),
    progress.listAttempts({ home: join(io.cwd, "workshop"), slug }),
  ]);
  const words = guide.steps.at(-1)?.parts[0]?.blocks ?? [];
  return lessonText({ scenario, words, attempts, look: io });
}

function hasPassed({ checked }: SessionState): boolean {
  return checked.kind === "verdict" && checked.verdict.verdict === "pass";
}
