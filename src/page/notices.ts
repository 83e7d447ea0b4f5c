/** What somebody should know besides the numbers, the most urgent first. Says it; decides nothing. */
import type { LiveState } from "../vocabulary.ts";
import { spanText } from "./amounts.ts";
import type { Model } from "./model.ts";
import type { Refusal } from "./orders.ts";

export interface Notice {
  /** Stable, so that a notice that stays is not told again. */
  readonly id: "lost" | "refused" | "fault" | "poisoned" | "lost-delete" | "healed" | "outage" | "read-only";
  readonly tone: "bad" | "warn" | "good" | "plain";
  readonly title: string;
  readonly text: string;
  /** A place in the handlers, e.g. `downloads.ts:14:3`. */
  readonly place?: string;
}

export interface Circumstances {
  readonly model: Model;
  readonly mayControl: boolean;
  readonly refusal: Refusal | null;
  /** Milliseconds that the viewer's entry still has; null: no entry, or no end. */
  readonly left: number | null;
}

export function noticesFor({ model, mayControl, refusal, left }: Circumstances): Notice[] {
  const state = model.known?.state;
  return [
    ...(model.connection === "lost" ? [LOST] : []),
    ...(refusal === null ? [] : [refused(refusal)]),
    ...(state === undefined ? [] : [...faultIn(state), ...poisonIn(state, left), ...outageIn(state)]),
    ...(model.poison === "gone" ? [HEALED] : []),
    ...(mayControl ? [] : [READ_ONLY]),
  ];
}

const LOST: Notice = {
  id: "lost",
  tone: "bad",
  title: "Connection lost, trying again",
  text: "What stands here is the last that was heard. It goes on by itself as soon as the service answers.",
};

const HEALED: Notice = {
  id: "healed",
  tone: "good",
  title: "The poisoned entry is gone",
  text: "What is seen and what is stored agree, with no restart and no reload.",
};

const READ_ONLY: Notice = {
  id: "read-only",
  tone: "plain",
  title: "Looking only",
  text: "To use the controls, open the link that the service printed when it was started: it carries the token.",
};

function refused({ message, hint }: Refusal): Notice {
  return { id: "refused", tone: "warn", title: message, text: hint };
}

function faultIn({ handlers: { fault, version } }: LiveState): Notice[] {
  if (fault === null) return [];
  const place = fault.location === null ? {} : { place: placeText(fault.location) };
  return [
    {
      id: "fault",
      tone: "bad",
      title: "What was saved does not load",
      text: `${asSentence(fault.message)} Version ${version} goes on running.`,
      ...place,
    },
  ];
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function poisonIn({ poisonedBeforeFix, lostDelete, handlers }: LiveState, left: number | null): Notice[] {
  const end = left === null ? "or when it is cleared" : `or in ${spanText(left)}, when its time is over`;
  if (lostDelete) return [lostDeleteUntil(end)];
  if (!poisonedBeforeFix) return [];
  return [
    {
      id: "poisoned",
      tone: "warn",
      title: "A fix does not heal what is already poisoned",
      text: `Version ${handlers.version} runs, but the cached answer was stored before it. It goes with the next write that clears it, ${end}.`,
    },
  ];
}

function lostDeleteUntil(end: string): Notice {
  return {
    id: "lost-delete",
    tone: "warn",
    title: "A delete was lost in the outage",
    text: `The write was recorded, its delete never reached the cache. What is out of date goes with the next write that clears it, ${end}.`,
  };
}

function outageIn({ cache: { outage, health, trouble } }: LiveState): Notice[] {
  if (outage === null && health === "ok") return [];
  const title = outage === null ? "The cache is in trouble" : `Cache outage: the cache ${OUTAGE_WORDS[outage]}`;
  return [{ id: "outage", tone: "warn", title, text: asSentence(trouble ?? "Answers should be slower, but right.") }];
}

const OUTAGE_WORDS: Readonly<Record<NonNullable<LiveState["cache"]["outage"]>, string>> = {
  miss: "forgets everything",
  false: "refuses without an error",
  error: "throws",
  hang: "hangs",
  "lose-delete": "loses a delete",
  evict: "drops its entries",
  crash: "is gone with its process",
};

export function placeText({ file, line, column }: { file: string; line: number; column: number }): string {
  return `${file}:${line}:${column}`;
}
