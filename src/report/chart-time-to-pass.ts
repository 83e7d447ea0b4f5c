/** How long each scenario took to its first pass, or has taken so far, beside the time it is planned for. */
import { axisX, barX, gridX, text, tickX } from "@observablehq/plot";
import type { ScenarioReport } from "../vocabulary.ts";
import type { Chart } from "./chart.ts";
import { duration, inMinutes } from "./page-words.ts";

const ROW = 52;

/** Of scenarios in which something happened. */
export function timeToPassChart(scenarios: readonly ScenarioReport[]): Chart {
  const bars = scenarios.map(({ slug, minutes, firstPass, millisecondsSpent }) => ({
    slug,
    planned: minutes,
    minutes: inMinutes(firstPass?.millisecondsSpent ?? millisecondsSpent),
    fill: firstPass === null ? "var(--open)" : "var(--pass)",
    words: firstPass === null ? `${duration(millisecondsSpent)}, no pass yet` : duration(firstPass.millisecondsSpent),
  }));
  const end = Math.max(1, ...bars.map((bar) => Math.max(bar.planned, bar.minutes))) * 1.02;
  const bar = { y: "slug", insetTop: 26, insetBottom: 8 };
  const words = { y: "slug", frameAnchor: "left", dy: -11, fill: "var(--ink)", fontSize: 13 } as const;
  return {
    label: `Time to a pass: ${bars.map((each) => `${each.slug} ${each.words}, planned ${each.planned} min`).join("; ")}.`,
    options: (width) => ({
      height: bars.length * ROW + 46,
      marginLeft: 8,
      marginRight: 8,
      marginBottom: 42,
      x: { domain: [0, end], label: null },
      y: { axis: null, domain: bars.map(({ slug }) => slug), padding: 0 },
      marks: [
        gridX({ stroke: "var(--line)", strokeOpacity: 1, ticks: width / 80 }),
        axisX({ ticks: width / 80, tickSize: 0, fill: "var(--muted)", label: null }),
        text(["minutes at work"], { frameAnchor: "bottom-right", textAnchor: "end", dy: 36, fill: "var(--muted)" }),
        barX(bars, { ...bar, x: "minutes", fill: "fill", rx: 3 }),
        tickX(bars, { ...bar, x: "planned", stroke: "var(--ink)", strokeWidth: 2, insetTop: 25, insetBottom: 2 }),
        text(bars, { ...words, text: (each: { slug: string; words: string }) => `${each.slug}: ${each.words}` }),
      ],
    }),
  };
}
