/** The presenter's keyboard: which key does what at this moment, and the listener that does it. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { LiveState } from "../vocabulary.ts";
import { AN_HOUR, STREAM_RATE } from "./controls.tsx";
import { moved, type ReplayedStep } from "./replay.ts";
import { switchTheme } from "./theme.ts";
import type { GuideProgress } from "./use-guide.ts";
import type { Service } from "./use-service.ts";

export interface KeyAction {
  /** What stands on the key, e.g. `A` or `→`. */
  readonly cap: string;
  /** `KeyboardEvent.key` in lower case, each of them. */
  readonly keys: readonly string[];
  readonly text: string;
  /** A switch that is on. */
  readonly on?: boolean;
  readonly act: () => void;
}

interface Stage {
  readonly service: Service;
  readonly state: LiveState;
  readonly guide: GuideProgress;
  readonly replayed: ReplayedStep | null;
  readonly step: (nth: number | null) => void;
  readonly showsNotes: boolean;
  readonly switchNotes: () => void;
}

export function useKeys(stage: Stage): readonly KeyAction[] {
  const [asksAgain, askAgain] = useState(false);
  const startAgain = (): void => {
    if (asksAgain) stage.service.order({ kind: "start-again" });
    askAgain(!asksAgain);
  };
  useEffect(() => {
    if (!asksAgain) return undefined;
    const calmed = setTimeout(() => askAgain(false), ASKED_FOR);
    return () => clearTimeout(calmed);
  }, [asksAgain]);
  const keys = [...movingKeys(stage), ...orderKeys(stage), startKey(asksAgain, startAgain), ...viewKeys(stage)];
  const newest = useRef(keys);
  newest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const name = event.key === " " && event.shiftKey ? "shift-space" : event.key.toLowerCase();
      // A button that has the focus is pressed with the space bar, as everywhere.
      if (event.key === " " && event.target instanceof HTMLButtonElement) return;
      const found = newest.current.find(({ keys: names }) => names.includes(name));
      if (found === undefined || (event.repeat && found.cap.length === 1 && /\w/.test(found.cap))) return;
      event.preventDefault();
      if (found.cap !== START) askAgain(false);
      found.act();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
  return keys;
}

const START = "B";
/** Milliseconds in which the key has to be pressed again. */
const ASKED_FOR = 5000;
/** Pixels: some lines of the notes. */
const A_BIT = 160;

function movingKeys({ guide, replayed, step, showsNotes }: Stage): KeyAction[] {
  if (replayed === null && guide.step === null) return [];
  const to = (by: number): void =>
    replayed === null ? guide.go(guide.nth + by) : step(moved(replayed.nth, by, replayed.count));
  const what = replayed === null ? "step of the guide" : "step of the counterexample";
  const scrolls = replayed === null && showsNotes;
  const [down, up] = scrolls ? [[], []] : [["arrowdown"], ["arrowup"]];
  return [
    { cap: "→ or space", keys: ["arrowright", ...down, "pagedown", " "], text: `next ${what}`, act: () => to(1) },
    { cap: "←", keys: ["arrowleft", ...up, "pageup", "shift-space"], text: "back", act: () => to(-1) },
    ...(scrolls
      ? [
          { cap: "↓", keys: ["arrowdown"], text: "more of the notes", act: () => scrollNotes(A_BIT) },
          { cap: "↑", keys: ["arrowup"], text: "less", act: () => scrollNotes(-A_BIT) },
        ]
      : []),
  ];
}

function scrollNotes(by: number): void {
  document.querySelector(".guide-text")?.scrollBy(0, by);
}

function orderKeys({ service: { order }, state: { scenario, traffic, cache } }: Stage): KeyAction[] {
  const streams = traffic.stream > 0;
  const { name, count } = scenario.crowd;
  return [
    { cap: "L", keys: ["l"], text: `${scenario.viewer} looks`, act: () => order({ kind: "look" }) },
    { cap: "1", keys: ["1"], text: `one of the ${name}`, act: () => order({ kind: "write", count: 1 }) },
    { cap: "A", keys: ["a"], text: `all ${count}`, act: () => order({ kind: "write", count }) },
    {
      cap: "S",
      keys: ["s"],
      text: "steady stream",
      on: streams,
      act: () => order({ kind: "stream", perSecond: streams ? 0 : STREAM_RATE }),
    },
    { cap: "C", keys: ["c"], text: "clear the cache", act: () => order({ kind: "clear-cache" }) },
    { cap: "H", keys: ["h"], text: "an hour passes", act: () => order({ kind: "advance", minutes: AN_HOUR }) },
    {
      cap: "O",
      keys: ["o"],
      text: "cache outage",
      on: cache.outage !== null,
      act: () => order({ kind: "outage", fault: cache.outage === null ? "error" : null }),
    },
  ];
}

function startKey(asksAgain: boolean, act: () => void): KeyAction {
  return {
    cap: START,
    keys: ["b"],
    text: asksAgain ? "press again to start again" : "start again",
    on: asksAgain,
    act,
  };
}

function viewKeys({ state, guide, replayed, step, switchNotes }: Stage): KeyAction[] {
  const hasStory = (state.verdict?.verdict.counterexample?.steps.length ?? 0) > 0;
  const replaying = replayed !== null;
  return [
    ...(hasStory || replaying
      ? [
          {
            cap: "V",
            keys: replaying ? ["v", "escape"] : ["v"],
            text: "the verdict’s story",
            on: replaying,
            act: () => step(replaying ? null : 0),
          },
        ]
      : []),
    ...(guide.step === null ? [] : [{ cap: "N", keys: ["n"], text: "notes", act: switchNotes }]),
    { cap: "D", keys: ["d"], text: "dark or light", act: switchTheme },
  ];
}
