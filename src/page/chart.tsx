/** Truth against what was shown, the gap shaded, and below it the writes a minute. uPlot draws; this feeds it. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { LivePoint } from "../vocabulary.ts";
import { type ChartData, chartData } from "./chart-data.ts";
import { type DrawnChart, drawChart } from "./chart-plot.ts";
import { watchTheme } from "./theme.ts";

interface ChartProps {
  readonly points: readonly LivePoint[];
  /** The service's time, milliseconds since the epoch: the lines go on until now. */
  readonly now: number;
  readonly viewer: string;
  readonly unit: string;
  readonly writesPerMinute: number;
}

export function Chart({ points, now, viewer, unit, writesPerMinute }: ChartProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const data = chartData(points, now);
  usePlots(frame, data);
  return (
    <section class="chart" aria-labelledby="chart-title">
      <header>
        <h2 id="chart-title">Over time</h2>
        <ul class="legend">
          <li class="actual">database holds</li>
          <li class="shown">{viewer} sees</li>
          <li class="hidden-part">gap</li>
          <li class="rate">
            <strong>{Math.round(writesPerMinute)}</strong> {Math.round(writesPerMinute) === 1 ? "write" : "writes"} a
            minute
          </li>
        </ul>
      </header>
      <div ref={frame} class="plots" role="img" aria-label={`Chart of ${unit} over time: database against ${viewer}`} />
    </section>
  );
}

/** The plots live outside Preact's tree: fed each time, and drawn anew when the room or the colours change. */
function usePlots(frame: { readonly current: HTMLDivElement | null }, data: ChartData): void {
  const newest = useRef(data);
  const drawn = useRef<DrawnChart | null>(null);
  newest.current = data;

  useEffect(() => {
    const { current: place } = frame;
    if (place === null) return undefined;
    const draw = (): void => {
      if (!place.isConnected) return;
      drawn.current?.remove();
      drawn.current = drawChart(place, newest.current);
    };
    // In the frame after: the numbers need not wait for their chart.
    const size = new ResizeObserver(() => requestAnimationFrame(draw));
    size.observe(place);
    const unwatch = watchTheme(draw);
    return () => {
      size.disconnect();
      unwatch();
      drawn.current?.remove();
      drawn.current = null;
    };
  }, [frame]);

  useEffect(() => drawn.current?.feed(data), [data]);
}
