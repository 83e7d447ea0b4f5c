/**
 * Draws a chart as SVG text in three widths, of which the page shows the one that fits.
 * Takes options of Observable Plot with colours as the page's CSS variables. Knows nothing of what is drawn.
 */
import { raw } from "hono/html";
import { parseHTML } from "linkedom";
import { plot, type PlotOptions } from "@observablehq/plot";

export type Markup = ReturnType<typeof raw>;

export interface Chart {
  /** What a screen reader says in place of the picture; the table beside it has the figures. */
  readonly label: string;
  /** `width` in pixels; Plot's own colours and styles must not be relied on. */
  options(width: number): PlotOptions;
}

/** The page's style shows the widest that fits, so that letters are about as large in a picture as beside it. */
const WIDTHS = [
  ["narrow", 300],
  ["middle", 560],
  ["wide", 920],
] as const;

export function renderChart({ label, options }: Chart): Markup {
  const drawn = WIDTHS.map(([name, width]) => {
    const { document } = parseHTML("<html><body></body></html>");
    const svg = plot({ marginTop: 4, marginBottom: 4, ...options(width), width, document });
    // The page's policy admits one style sheet, which is the page's.
    for (const style of svg.querySelectorAll("style")) style.remove();
    // Described as a whole: the parts' own labels would be read out one by one.
    for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
    svg.setAttribute("class", `chart ${name}`);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
    svg.setAttribute("font-size", "12");
    svg.setAttribute("font-family", "inherit");
    return svg.outerHTML;
  });
  return raw(`<div class="chart-frame">${drawn.join("")}</div>`);
}
