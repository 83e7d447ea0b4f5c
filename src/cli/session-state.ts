/**
 * Where somebody is in a session at the screen, and what a key or a verdict changes about it. Pure: a state and what
 * happened in, a state and what is to be done out. Knows no scenario, no terminal and no words but the keys' own.
 */
import type { WorkshopError } from "../errors.ts";
import type { Verdict } from "../vocabulary.ts";
import type { News } from "./watch-working-copy.ts";

export const STEPS = ["incident", "code", "fix", "comparison", "lesson"] as const;
export type Step = (typeof STEPS)[number];

/** Commands that a key runs. */
export type Action = "demonstrate" | "hint" | "prompt" | "reference" | "reset";

export type Checked =
  /** `untouched`: the handlers are as they were shipped, which needs no verdict. */
  | { readonly kind: "nothing" | "untouched" }
  | { readonly kind: "verdict"; readonly verdict: Verdict; readonly files: ReadonlyMap<string, string> }
  | { readonly kind: "trouble"; readonly error: WorkshopError };

export interface SessionState {
  /** `watch` has the fix only; `guided` has all steps. */
  readonly mode: "watch" | "guided";
  readonly step: Step;
  /** What lies over the step: the whole story of the verdict, or what a command has printed. */
  readonly panel: { readonly kind: "timeline" } | { readonly kind: "printed"; readonly text: string } | null;
  readonly checked: Checked;
  readonly checking: boolean;
  /** Verdicts so far. */
  readonly checks: number;
  /** While a command runs, no key counts. */
  readonly running: Action | null;
  readonly note: string | null;
}

export type Key = "d" | "h" | "p" | "t" | "r" | "x" | "n" | "b" | "q";

export type Effect = { readonly kind: "run"; readonly action: Action } | { readonly kind: "leave" | "quit" };

export interface Moved {
  readonly state: SessionState;
  readonly effect: Effect | null;
}

export function openSession(mode: SessionState["mode"], note: string | null = null): SessionState {
  return {
    mode,
    step: mode === "watch" ? "fix" : "incident",
    panel: null,
    checked: { kind: "nothing" },
    checking: false,
    checks: 0,
    running: null,
    note,
  };
}

/** What each key does here, in the order of the legend. A key that is not among them does nothing. */
export function keysOf(state: SessionState): Keys {
  return [...wayKeys(state), ...stepKeys(state), ["q", "quit"]];
}

type Keys = (readonly [key: Key, does: string])[];

/** Forwards, and back to what lies under a panel or before a step. */
function wayKeys({ mode, step, panel }: SessionState): Keys {
  const back: Keys = [["b", panel === null && step === "incident" ? "list" : "back"]];
  if (mode === "watch") return panel === null ? [] : back;
  return [["n", step === "lesson" ? "list" : "next"], ...back];
}

function stepKeys(state: SessionState): Keys {
  if (state.mode === "watch") return failureKeys(state);
  switch (state.step) {
    case "incident":
      return [["d", "demonstrate"]];
    case "code":
      return [
        ["d", "demonstrate"],
        ["h", "hint"],
        ["p", "prompt"],
      ];
    case "fix":
      return [...failureKeys(state), ["p", "prompt"], ["d", "demonstrate"], ["r", "reference"], ["x", "reset"]];
    case "comparison":
      return [
        ["r", "reference"],
        ["d", "demonstrate"],
        ["x", "reset"],
      ];
    case "lesson":
      return [["d", "demonstrate"]];
    default:
      return state.step satisfies never;
  }
}

function failureKeys({ checked, panel }: SessionState): Keys {
  const tells = checked.kind === "verdict" && panel?.kind !== "timeline";
  const timeline = checked.kind === "verdict" && checked.verdict.verdict === "pass" ? "what was checked" : "timeline";
  return [...(tells ? ([["t", timeline]] as const) : []), ["h", "hint"]];
}

export function press(state: SessionState, key: string): Moved {
  const wanted = key === "return" ? "n" : key;
  const known = keysOf(state).find(([each]) => each === wanted);
  if (state.running !== null || known === undefined) return { state, effect: null };
  const [pressed] = known;
  switch (pressed) {
    case "q":
      return { state, effect: { kind: "quit" } };
    case "n":
      return goOn(state);
    case "b":
      return goBack(state);
    case "t":
      return { state: { ...state, panel: { kind: "timeline" } }, effect: null };
    case "d":
    case "h":
    case "p":
    case "r":
    case "x":
      return runs(state, ACTIONS[pressed]);
    default:
      return pressed satisfies never;
  }
}

const ACTIONS = { d: "demonstrate", h: "hint", p: "prompt", r: "reference", x: "reset" } as const;

function runs(state: SessionState, action: Action): Moved {
  return { state: { ...state, running: action, panel: null, note: null }, effect: { kind: "run", action } };
}

function goOn(state: SessionState): Moved {
  if (state.step === "lesson") return { state, effect: { kind: "leave" } };
  return { state: at(state, 1), effect: null };
}

function goBack(state: SessionState): Moved {
  if (state.panel !== null) return { state: { ...state, panel: null }, effect: null };
  if (state.step === "incident") return { state, effect: { kind: "leave" } };
  return { state: at(state, -1), effect: null };
}

function at(state: SessionState, steps: number): SessionState {
  const position = Math.min(Math.max(STEPS.indexOf(state.step) + steps, 0), STEPS.length - 1);
  return { ...state, step: STEPS[position] ?? state.step, panel: null, note: null };
}

/** The command of a key has ended, and this is what it printed. */
export function printed(state: SessionState, text: string): SessionState {
  return { ...state, running: null, panel: { kind: "printed", text } };
}

/** A verdict on a save takes the reader to the fix, wherever they were; what a command prints meanwhile stays. */
export function hear(state: SessionState, news: News): SessionState {
  switch (news.kind) {
    case "checking":
      return { ...state, checking: true };
    case "known":
      return { ...state, checking: false, checked: { kind: "untouched" } };
    case "verdict": {
      const { verdict, files } = news;
      const checked: Checked = { kind: "verdict", verdict, files };
      return { ...atFix(state), checked, checks: state.checks + 1, note: null };
    }
    case "trouble":
      return { ...atFix(state), checked: { kind: "trouble", error: news.error } };
    case "note":
      return { ...state, note: news.text };
    default:
      return news satisfies never;
  }
}

/** The first verdict of a session is no answer to a save. */
function atFix(state: SessionState): SessionState {
  const settled = { ...state, checking: false };
  if (state.checked.kind === "nothing" && state.step !== "fix") return settled;
  return { ...settled, step: "fix", panel: state.running === null ? null : state.panel };
}
