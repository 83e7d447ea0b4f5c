/** What a step shows between its head and its keys. Reads the scenario's pages and the participant's files; prints nothing. */
import type { Scenario } from "../vocabulary.ts";
import type { Io } from "./io.ts";
import { verdictText } from "./print-verdict.ts";
import type { SessionState } from "./session-state.ts";
import { waitingText } from "./session-text.ts";

export interface Subject {
  readonly state: SessionState;
  readonly scenario: Scenario;
  /** The working copy, as the reader would type it. */
  readonly folder: string;
  readonly io: Io;
}

/** Ends with a line break. */
export async function bodyText(subject: Subject): Promise<string> {
  const { state, folder, io } = subject;
  if (state.panel?.kind === "printed") return state.panel.text;
  if (state.panel?.kind === "timeline") return await checkedText(subject, { brief: false });
  if (state.checked.kind !== "verdict") return waitingText(state, { folder, look: io });
  return await checkedText(subject, { brief: true });
}

async function checkedText({ state, scenario, io }: Subject, { brief }: { brief: boolean }): Promise<string> {
  if (state.checked.kind !== "verdict") return "";
  const { verdict, files } = state.checked;
  return await verdictText({ verdict, files, scenario, full: !brief, replayed: false, handlers: undefined, io, brief });
}
