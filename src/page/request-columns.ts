/**
 * The story line's picture: one column for each request, requests that overlapped side by side in a group. Within a
 * group a step stands below every earlier step that it could have met (the same key, rows that were being changed);
 * steps that do not concern each other may share a row, so that twenty requests at once stay readable.
 */
import type { LiveArrival, LiveDatabaseStep, LiveStep, NumberedStep } from "../vocabulary.ts";
import { isWrite } from "./step-words.ts";

export interface RequestGroup {
  readonly columns: readonly RequestColumn[];
  readonly rows: number;
}

export interface RequestColumn {
  /** 0: steps outside any request. */
  readonly request: number;
  readonly arrival: LiveArrival | null;
  readonly cells: readonly StepCell[];
  /** Milliseconds from arrival to answer; null: not answered yet. */
  readonly duration: number | null;
  /** Whether a get of it was a hit; null: it asked for nothing. */
  readonly hit: boolean | null;
}

export interface StepCell {
  readonly step: NumberedStep;
  /** From 0. */
  readonly row: number;
}

/** Of the newest `most` requests, oldest first. A request whose arrival is forgotten is left out: half a story misleads. */
export function requestGroups(steps: readonly NumberedStep[], most: number): RequestGroup[] {
  const stories = storiesOf(steps).slice(-most);
  const groups: NumberedStep[][][] = [];
  let reach = 0;
  for (const story of stories) {
    const [from, to] = rangeOf(story);
    if (groups.length > 0 && from < reach) groups.at(-1)?.push(story);
    else groups.push([story]);
    reach = Math.max(reach, to);
  }
  return groups.map(groupOf);
}

/** By request, in order of arrival; each step outside any request is a story of its own. */
function storiesOf(steps: readonly NumberedStep[]): NumberedStep[][] {
  const stories = new Map<number, NumberedStep[]>();
  for (const step of steps) {
    const name = step.request === 0 ? -step.position : step.request;
    const story = stories.get(name);
    if (story !== undefined) story.push(step);
    else if (step.kind === "arrival" || step.request === 0) stories.set(name, [step]);
  }
  return [...stories.values()];
}

/** Positions of the first step and just behind the last; a request that is not answered yet goes on. */
function rangeOf(story: readonly NumberedStep[]): [number, number] {
  const isOver = story[0]?.request === 0 || story.some(({ kind }) => kind === "answer");
  return [story[0]?.position ?? 0, isOver ? (story.at(-1)?.position ?? 0) + 1 : Number.POSITIVE_INFINITY];
}

function groupOf(stories: readonly (readonly NumberedStep[])[]): RequestGroup {
  const isAlone = stories.length === 1;
  const shown = stories.flat().filter(({ kind }) => !isAlone || kind !== "arrival");
  const rows = rowsOf(shown.toSorted((one, other) => one.position - other.position));
  return {
    columns: stories.map((story) => columnOf(story, rows)),
    rows: Math.max(0, ...rows.values()) + 1,
  };
}

function rowsOf(steps: readonly NumberedStep[]): Map<number, number> {
  const rows = new Map<number, number>();
  steps.forEach((step, nth) => {
    const before = steps.slice(0, nth).filter((earlier) => concerns(earlier, step));
    rows.set(step.position, Math.max(-1, ...before.map(({ position }) => rows.get(position) ?? 0)) + 1);
  });
  return rows;
}

/** Whether it matters which of the two came first. */
function concerns(one: LiveStep, other: LiveStep): boolean {
  if (one.request === other.request) return true;
  if (one.kind === "answer" || one.kind === "arrival") return one.kind === "answer" && other.kind === "arrival";
  if (one.kind === "cache")
    return (
      other.kind === "cache" && sameKey(one.key, other.key) && (one.operation !== "get" || other.operation !== "get")
    );
  return other.kind === "database" && isChange(one) !== isChange(other);
}

function sameKey(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

function isChange(step: LiveDatabaseStep): boolean {
  return isWrite(step) || step.operation === "commit";
}

function columnOf(story: readonly NumberedStep[], rows: ReadonlyMap<number, number>): RequestColumn {
  const arrival = story.find((step) => step.kind === "arrival");
  const gets = story.filter((step) => step.kind === "cache" && step.operation === "get");
  return {
    request: story[0]?.request ?? 0,
    arrival: arrival ?? null,
    cells: story.flatMap((step) => {
      const row = rows.get(step.position);
      return row === undefined ? [] : [{ step, row }];
    }),
    duration: story.find(({ kind }) => kind === "answer")?.duration ?? null,
    hit: gets.length === 0 ? null : gets.some((step) => step.kind === "cache" && step.hit === true),
  };
}
