/** Horizontal bars, each under its own words, so that names of any length fit a telephone. Knows no words of its own. */
import { barX, text } from "@observablehq/plot";
import type { Chart } from "./chart.ts";

export interface Bar {
  readonly name: string;
  /** What stands at the end of the words, e.g. the count. */
  readonly value: string;
  /** Parts from the left, in the chart's unit, each with its colour. */
  readonly parts: readonly { readonly size: number; readonly fill: string }[];
}

const ROW = 44;
/** The bar is the lower part of its row; the words are above it. */
const WORDS = 24;

export function barChart(label: string, bars: readonly Bar[]): Chart {
  const parts = bars.flatMap(({ name, parts: own }) => own.map((part) => ({ name, ...part })));
  const largest = Math.max(1, ...bars.map((bar) => bar.parts.reduce((sum, { size }) => sum + size, 0)));
  const words = { y: "name", frameAnchor: "left", dy: -9, fill: "var(--ink)", fontSize: 13 } as const;
  return {
    label,
    options: () => ({
      height: bars.length * ROW + 8,
      marginLeft: 0,
      marginRight: 0,
      x: { axis: null, domain: [0, largest] },
      y: { axis: null, domain: bars.map(({ name }) => name), padding: 0 },
      marks: [
        barX(bars, { x1: 0, x2: largest, y: "name", fill: "var(--track)", insetTop: WORDS, insetBottom: 8, rx: 3 }),
        barX(parts, { x: "size", y: "name", fill: "fill", insetTop: WORDS, insetBottom: 8, rx: 3 }),
        text(bars, { ...words, text: "name", textAnchor: "start" }),
        text(bars, { ...words, text: "value", frameAnchor: "right", textAnchor: "end", fill: "var(--muted)" }),
      ],
    }),
  };
}
