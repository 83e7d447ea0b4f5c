/**
 * Writes a failure down as a counterexample: who took part, what happened in which order, where the poison got in and
 * where it was served. Takes a traced failure and its explanation; decides nothing.
 */
import type { Counterexample, Event, History, StoryStep } from "../../vocabulary.ts";
import type { Failure } from "../explore.ts";
import type { Setting } from "../properties/property.ts";
import type { Culprit } from "./culprit.ts";
import { findCulprit, isAnotherAnswer } from "./culprit.ts";
import { firstRounds } from "./first-rounds.ts";
import { differingMembers } from "./differing-members.ts";
import type { Explanation } from "./explain.ts";
import { sentenceFor } from "./sentence.ts";
import type { StepFigures } from "./step-figures.ts";
import { stepFigures } from "./step-figures.ts";
import { stepText } from "./step-text.ts";

export type Story = Omit<Counterexample, "property" | "shrunkFrom" | "found" | "replay">;

export function writeStory(options: { failure: Failure; explanation: Explanation; figure?: Setting["figure"] }): Story {
  const { failure, explanation, figure } = options;
  const { history, finding } = failure;
  const culprit = blamed(failure, explanation);
  const shown = shownActors(failure);
  const telling: Telling = { failure, culprit, shown, figures: stepFigures(failure, figure) };
  const entry = isServed(finding) ? entryOf(history, culprit) : null;
  return {
    requests: shown.flatMap((actor, position) => tellRequest(history, actor, position)),
    steps: history.end.kind === "endless" ? firstRounds(tellSteps(telling)) : tellSteps(telling),
    sentence: sentenceFor({ failure, explanation, culprit, shown }),
    served: finding.served ?? null,
    expected: finding.expected ?? null,
    faults: history.plan.faults ?? [],
    ...(entry === null ? {} : { entry }),
    ...(explanation.keys === undefined ? {} : { keys: explanation.keys }),
    ...(explanation.proof === undefined ? {} : { proof: explanation.proof }),
    ...(explanation.location === undefined ? {} : { location: explanation.location }),
  };
}

/** No entry is to blame where the client has the old answer, or where the handler makes something else of a right one. */
function blamed(failure: Failure, { cause }: Explanation): Culprit {
  const culprit = findCulprit(failure);
  return cause === "etag-unchanged" || cause === "contract-changed"
    ? { ...culprit, hit: -1, stored: -1, key: null }
    : culprit;
}

/**
 * The plan's requests, and of the final reads the one at fault and the one whose answer it was given. Their order here is
 * their letter: A, B, C …
 */
function shownActors(failure: Failure): number[] {
  const { history, finding } = failure;
  const filler = isAnotherAnswer(failure) ? history.events[findCulprit(failure).stored]?.actor : undefined;
  const isShown = (actor: number): boolean => actor === finding.request || actor === filler;
  return history.requests.flatMap(({ probe }, actor) => (probe && !isShown(actor) ? [] : [actor]));
}

function tellRequest(history: History, actor: number, position: number): Counterexample["requests"] {
  const record = history.requests[actor];
  if (record === undefined) return [];
  const { method, path, query = "", body, label, instance } = record;
  const isInKeys = query !== "" && history.events.some((event) => event.kind === "cache" && event.key?.includes(query));
  const phase = phaseOf(history, actor);
  const later = phase > 0 ? history.plan.phases[phase]?.wait : undefined;
  return [
    {
      actor: position,
      method,
      path: isInKeys ? path + query : path,
      ...(body === undefined ? {} : { body }),
      ...(label === undefined ? {} : { label }),
      instance,
      phase,
      ...(later === undefined || later <= 1000 ? {} : { later }),
    },
  ];
}

/** A final read comes after all phases. */
function phaseOf({ plan }: History, actor: number): number {
  let first = 0;
  const phase = plan.phases.findIndex(({ actors }) => {
    first += actors.length;
    return actor < first;
  });
  return phase < 0 ? plan.phases.length : phase;
}

/** What is wrong is in the answer: elsewhere an entry that was hit may be as right as can be. */
function isServed({ kind }: Failure["finding"]): boolean {
  return kind === "stale" || kind === "wrong";
}

/** Only if the request at fault was served from it. */
function entryOf({ events }: History, { stored }: Culprit): { key: string; timeToLive: number | null } | null {
  const event = events[stored];
  if (event?.kind !== "cache" || event.key === null) return null;
  return { key: event.key, timeToLive: event.timeToLive ?? null };
}

interface Telling {
  readonly failure: Failure;
  readonly culprit: Culprit;
  readonly shown: readonly number[];
  readonly figures: StepFigures;
}

function tellSteps({ failure, culprit, shown, figures: figuresAt }: Telling): StoryStep[] {
  const { history, finding } = failure;
  const telling = tellingMembers(failure);
  const poison = poisonAt(failure, culprit);
  const served = history.requests[finding.request]?.answered ?? -1;
  let before = -1;
  return history.events.flatMap((event, position): StoryStep[] => {
    const actor = shown.indexOf(event.actor);
    const record = history.requests[event.actor];
    if (actor < 0 || record === undefined) return [];
    const isSwitch = before >= 0 && isInterrupted(history, before, position);
    before = position;
    const mark =
      position === poison
        ? "poison"
        : position === served && isUntrue(finding)
          ? "served"
          : isSwitch
            ? "switch"
            : undefined;
    const location = locationOf(event);
    const figures = figuresAt(position);
    const { text, result } = stepText(event, record, telling);
    return [
      {
        actor,
        kind: event.kind,
        text,
        ...(result === undefined ? {} : { result }),
        ...(mark === undefined ? {} : { mark }),
        ...(figures === undefined ? {} : { figures }),
        ...(location === undefined ? {} : { location }),
      },
    ];
  });
}

/** Whether control went to another request although the one before had more to do and was not answered yet. */
function isInterrupted({ events, requests }: History, before: number, position: number): boolean {
  const left = events[before]?.actor ?? -1;
  return left !== events[position]?.actor && (requests[left]?.answered ?? Infinity) > position;
}

/** Numbers first: they are what people look at. */
function tellingMembers({ finding }: Failure): string[] {
  if (finding.expected === undefined || finding.served === undefined) return [];
  const differing = differingMembers(finding.expected, finding.served).filter(({ path }) => path !== "");
  return differing.sort((one, other) => rank(one.served) - rank(other.served)).map(({ path }) => path);
}

function rank(value: unknown): number {
  return typeof value === "number" ? 0 : 1;
}

/**
 * The set that stored the wrong entry, if the write had begun by then; an entry that was right when it was stored turns
 * into poison when the write is acknowledged, or its process dies, and the entry is still there.
 */
function poisonAt({ history, finding }: Failure, { stored, write, hit }: Culprit): number {
  if (hit < 0 || !isUntrue(finding)) return -1;
  const writer = history.requests[write];
  if (writer === undefined || stored > writer.arrived) return stored;
  const died = history.events.findIndex(({ kind, actor }) => kind === "crash" && actor === write);
  return writer.answered ?? (died < 0 ? stored : died);
}

function isUntrue({ kind }: Failure["finding"]): boolean {
  return kind === "stale" || kind === "wrong" || kind === "contract";
}

function locationOf(event: Event): StoryStep["location"] {
  return event.kind === "cache" || event.kind === "database" || event.kind === "crash" ? event.location : undefined;
}
