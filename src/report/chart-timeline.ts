/** Attempts over time at work, by the stars they earned, with everything else that happened in lanes below. */
import {
  axisX,
  axisY,
  dot,
  gridX,
  gridY,
  line,
  type Markish,
  type PlotOptions,
  ruleX,
  ruleY,
  text,
} from "@observablehq/plot";
import type { ProgressEvent, ScenarioReport, Timed } from "../vocabulary.ts";
import type { Chart } from "./chart.ts";
import { duration, inMinutes, outcomeOf, stars, stateOf } from "./page-words.ts";

const LANES = ["hint", "prompt", "demonstration", "reference", "reset", "undo"] as const;
const LEVELS = ["3", "2", "1", "0"] as const;
/** Closer marks of one lane would run into each other: only the last of them is labelled. Pixels. */
const LABEL_ROOM = 14;
const LEFT = 106;
const RIGHT = 14;

export function timelineChart(scenario: ScenarioReport): Chart {
  const lanes = LANES.filter((lane) => scenario.events.some(({ kind }) => kind === lane));
  const domain = [...LEVELS, ...(lanes.length > 0 ? [""] : []), ...lanes];
  const end = Math.max(1, inMinutes(scenario.millisecondsSpent));
  return {
    label: `Attempts over ${duration(scenario.millisecondsSpent)} at work: ${stateOf(scenario)}.`,
    options: (width) => ({
      height: domain.length * 30 + 60,
      marginLeft: LEFT,
      marginRight: RIGHT,
      marginTop: 22,
      marginBottom: 44,
      x: { domain: [0, end], label: null },
      y: { type: "point", domain, label: null, padding: 0.5 },
      ...scales,
      marks: [
        ...frame(scenario, { width, lanes, end }),
        ...pauseMarks(scenario),
        ...attemptMarks(scenario),
        ...laneMarks(scenario, (width - LEFT - RIGHT) / end),
      ],
    }),
  };
}

const scales: PlotOptions = {
  color: { domain: ["pass", "fail", "other"], range: ["var(--pass)", "var(--fail)", "var(--other)"] },
  symbol: { domain: ["pass", "fail", "other"], range: ["circle", "times", "triangle"] },
};

function frame(scenario: ScenarioReport, shape: { width: number; lanes: readonly string[]; end: number }): Markish[] {
  const needed = String(scenario.requiredStars);
  const named = (row: string): string => {
    if (!/^\d$/u.test(row)) return row;
    return row === needed ? `a pass  ${stars(Number(row))}` : stars(Number(row));
  };
  const ticks = Math.max(2, Math.min(Math.round(shape.width / 80), Math.ceil(shape.end)));
  return [
    gridX({ stroke: "var(--line)", strokeOpacity: 1, ticks }),
    gridY([...LEVELS, ...shape.lanes], { stroke: "var(--line)", strokeOpacity: 1 }),
    ruleY([needed], { stroke: "var(--pass)", strokeDasharray: "2 4", strokeWidth: 1.5 }),
    axisX({ anchor: "bottom", ticks, tickSize: 0, fill: "var(--muted)", label: null }),
    text(["minutes at work"], { frameAnchor: "bottom-right", textAnchor: "end", dy: 36, fill: "var(--muted)" }),
    axisY([...LEVELS, ...shape.lanes], { tickSize: 0, tickFormat: named, fill: "var(--muted)", label: null }),
  ];
}

function pauseMarks({ pauses }: ScenarioReport): Markish[] {
  const data = pauses.map(({ millisecondsSpent, milliseconds }) => ({
    x: inMinutes(millisecondsSpent),
    words: `pause ${duration(milliseconds)}`,
  }));
  return [
    ruleX(data, { x: "x", stroke: "var(--muted)", strokeDasharray: "1 3" }),
    text(data, { x: "x", text: "words", frameAnchor: "top", dy: -16, fill: "var(--muted)", fontSize: 11 }),
  ];
}

function attemptMarks({ attempts }: ScenarioReport): Markish[] {
  const data = attempts.map((attempt, position) => ({
    x: inMinutes(attempt.millisecondsSpent),
    y: String(attempt.stars),
    outcome: outcomeOf(attempt.verdict),
    title: `Attempt ${position + 1}: ${attempt.verdict}${attempt.cause === null ? "" : `, ${attempt.cause}`}`,
  }));
  const at = { x: "x", y: "y", title: "title", symbol: "outcome", r: 6 };
  return [
    line(data, { x: "x", y: "y", curve: "step-after", stroke: "var(--muted)", strokeOpacity: 0.5 }),
    dot(data, { ...at, filter: ({ outcome }) => outcome === "fail", stroke: "outcome", strokeWidth: 2.5 }),
    dot(data, { ...at, filter: ({ outcome }) => outcome !== "fail", fill: "outcome", stroke: "var(--card)" }),
  ];
}

/** `scale` is in pixels a minute. */
function laneMarks({ events }: ScenarioReport, scale: number): Markish[] {
  const data = events.map((event, position) => {
    const x = inMinutes(event.millisecondsSpent);
    const later = events.slice(position + 1).find(({ kind }) => kind === event.kind);
    const isCrowded = later !== undefined && (inMinutes(later.millisecondsSpent) - x) * scale < LABEL_ROOM;
    return { x, lane: event.kind, digit: digitOf(event), isCrowded, title: titleOf(event) };
  });
  const inLanes = data.filter(({ lane }) => LANES.some((each) => each === lane));
  const labelled = inLanes.filter(({ digit, isCrowded }) => digit !== "" && !isCrowded);
  const bare = inLanes.filter((each) => !labelled.includes(each));
  const at = { x: "x", y: "lane", title: "title", fill: "var(--accent)", stroke: "var(--card)" };
  return [
    dot(bare, { ...at, r: 5 }),
    dot(labelled, { ...at, r: 8 }),
    text(labelled, { x: "x", y: "lane", text: "digit", fill: "var(--on-accent)", fontSize: 11, fontWeight: 600 }),
  ];
}

function digitOf(event: ProgressEvent): string {
  if (event.kind === "hint") return String(event.rung);
  return event.kind === "prompt" ? String(event.level) : "";
}

function titleOf(event: Timed<ProgressEvent>): string {
  if (event.kind === "hint") return `Hint, rung ${event.rung}, for ${event.cause}`;
  return event.kind === "prompt" ? `Prompt of level ${event.level}` : event.kind;
}
