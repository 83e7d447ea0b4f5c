/**
 * Strategies side by side: one panel for each figure, one bar for each strategy, its value in words at the bar. A panel's
 * longest bar fills it, so bars compare within their panel only. Colours are plain, for whatever program opens the file.
 */
import { axisFx, barX, plot, type PlotOptions, text } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Comparison, StrategyFigures } from "../vocabulary.ts";
import { COMPARISON_MARK } from "./comparison-mark.ts";

const INK = "#1d1e20";
const MUTED = "#5c6068";
const PAPER = "#ffffff";
const TRACK = "#f0f0ed";

const WIDTH = 1080;
const ROW = 48;
const TOP = 84;

interface Panel {
  readonly name: string;
  readonly fill: string;
  /** null: there is nothing to show. */
  size(figures: StrategyFigures): number | null;
  words(size: number): string;
}

const PANELS: readonly Panel[] = [
  { name: "hit rate", fill: "#18794e", size: ({ hitRate }) => hitRate * 100, words: (size) => `${size.toFixed(1)} %` },
  { name: "stale answers", fill: "#c2410c", size: ({ staleAnswers }) => staleAnswers, words: count },
  { name: "stalest answer", fill: "#c2410c", size: ({ staleness }) => staleness?.longest ?? null, words: seconds },
  { name: "costly database reads", fill: "#3e63dd", size: ({ databaseReads }) => databaseReads.costly, words: count },
  { name: "write, 99 % within", fill: "#8f6400", size: ({ writeLatency }) => writeLatency.p99, words: milliseconds },
];

interface Bar {
  readonly panel: string;
  readonly strategy: string;
  readonly share: number;
  readonly fill: string;
  readonly words: string;
}

export function renderStrategies(comparison: Comparison, title: string): string {
  const { document } = parseHTML("<html><body></body></html>");
  const bars = PANELS.flatMap((panel) => barsOf(panel, comparison.strategies));
  const svg = plot({ ...optionsFor(comparison.strategies, bars), document });
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  svg.removeAttribute("class");
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("font-family", "system-ui, sans-serif");
  svg.setAttribute("font-size", "12");
  const heading = `${title}: ${comparison.minutes} minutes of the same traffic`;
  const ground = `<rect width="100%" height="100%" fill="${PAPER}"></rect>`;
  const words = `<text x="16" y="32" fill="${INK}" text-anchor="start" font-size="18" font-weight="600">${escaped(heading)}</text>`;
  // The document escapes nothing in an attribute but quotes, so the label is put there by hand.
  const opened = (_: string, attributes: string): string =>
    `<svg${attributes} aria-label="${escaped(labelOf(bars))}">${ground}${words}`;
  return `${COMPARISON_MARK}\n${svg.outerHTML.replace(/^<svg([^>]*)>/u, opened)}\n`;
}

function barsOf({ name, fill, size, words }: Panel, strategies: readonly StrategyFigures[]): Bar[] {
  const largest = Math.max(...strategies.map((each) => size(each) ?? 0)) || 1;
  return strategies.map((each) => {
    const found = size(each);
    const share = (found ?? 0) / largest;
    return { panel: name, strategy: each.title, share, fill, words: found === null ? "none" : words(found) };
  });
}

function optionsFor(strategies: readonly StrategyFigures[], bars: readonly Bar[]): PlotOptions {
  const at = { fx: "panel", y: "strategy" };
  const bar = { ...at, insetTop: 26, insetBottom: 8, rx: 2 };
  return {
    width: WIDTH,
    height: TOP + strategies.length * ROW + 16,
    marginTop: TOP,
    marginLeft: 132,
    marginRight: 16,
    marginBottom: 16,
    x: { axis: null, domain: [0, 1] },
    y: { domain: strategies.map(({ title }) => title), padding: 0, label: null, tickSize: 0 },
    fx: { domain: PANELS.map(({ name }) => name), padding: 0.12, label: null },
    marks: [
      axisFx({ anchor: "top", fill: MUTED, label: null, fontSize: 12 }),
      barX(bars, { ...bar, x1: 0, x2: 1, fill: TRACK }),
      barX(bars, { ...bar, x1: 0, x2: "share", fill: "fill" }),
      text(bars, { ...at, text: "words", frameAnchor: "left", textAnchor: "start", dy: -9, fill: INK }),
    ],
  };
}

/** What a screen reader says in place of the picture. */
function labelOf(bars: readonly Bar[]): string {
  const strategies = [...new Set(bars.map(({ strategy }) => strategy))];
  const own = (name: string): string =>
    bars
      .filter(({ strategy }) => strategy === name)
      .map(({ panel, words }) => `${panel} ${words}`)
      .join(", ");
  return strategies.map((name) => `${name}: ${own(name)}`).join("; ");
}

function count(size: number): string {
  return String(size);
}

function seconds(size: number): string {
  return `${(size / 1000).toFixed(1)} s`;
}

function milliseconds(size: number): string {
  return `${Math.round(size)} ms`;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
