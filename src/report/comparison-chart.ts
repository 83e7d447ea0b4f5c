/**
 * A comparison of strategies as an SVG file of its own. Takes the finished figures; decides nothing. The drawing library
 * is large, so it is loaded when a chart is asked for and not with this room.
 */
import type { Comparison } from "../vocabulary.ts";
import { COMPARISON_MARK } from "./comparison-mark.ts";

export const comparisonChart: {
  /** One SVG file that needs nothing from outside. Every text in it is escaped. Ends with a newline. */
  svg(comparison: Comparison, title: string): Promise<string>;
  /** Whether `svg` made this text; its first kilobyte is enough. */
  isChart(text: string): boolean;
} = {
  svg: async (comparison, title) => (await import("./chart-strategies.ts")).renderStrategies(comparison, title),
  isChart: (text) => text.slice(0, 1000).includes(COMPARISON_MARK),
};
