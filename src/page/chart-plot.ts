/** How the chart looks: two uPlots, one above the other on the same time, in the colours of the style sheet. */
import uPlot from "uplot";
import { spanText, timeText } from "./amounts.ts";
import type { ChartData } from "./chart-data.ts";
import { type Leap, timeAt } from "./squeeze-time.ts";

export interface DrawnChart {
  feed(data: ChartData): void;
  remove(): void;
}

interface Ink {
  readonly truth: string;
  readonly shown: string;
  readonly hidden: string;
  readonly muted: string;
  readonly line: string;
  readonly font: string;
}

/** Of the numbers beside the plots, in pixels: the same for both, so that they stand under each other. */
const BESIDE = 52;
/** In seconds, so that the first moments do not fill the whole width. */
const SHORTEST = 30;
/** The least height, in pixels, that has room for both plots. */
const LOWEST = 180;

export function drawChart(place: HTMLElement, first: ChartData): DrawnChart {
  let newest = first;
  const ink = inkOf(place);
  const size = { width: Math.max(200, place.clientWidth), height: Math.max(96, place.clientHeight) };
  // Where there is little room, the figures have it; the rate stands above them as a number.
  const below = size.height < LOWEST ? 0 : Math.round(Math.min(72, size.height * 0.3));
  const clock = (second: number): string => {
    const at = timeAt(second, newest.time.seconds, newest.times);
    return at === null ? "" : timeText(at);
  };
  const time = timeAxis(ink, clock);
  const leaps = { draw: [(plot: uPlot): void => drawLeaps(plot, newest.time.leaps, ink)] };
  const upper = { ...figuresLook(ink, { ...size, height: size.height - below }), hooks: leaps };
  const figures = new uPlot(
    below > 0 ? upper : { ...upper, axes: [time, ...upper.axes.slice(1)] },
    newest.figures,
    place,
  );
  const writes = below > 0 ? new uPlot(writesLook(ink, { ...size, height: below }, time), newest.writes, place) : null;
  return {
    feed: (data) => {
      const hasLeapt = data.time.leaps.length !== newest.time.leaps.length;
      newest = data;
      figures.setData(data.figures);
      writes?.setData(data.writes);
      // A leap moves the times under an axis that is otherwise as it was.
      if (hasLeapt) (writes ?? figures).redraw(false, true);
    },
    remove: () => {
      figures.destroy();
      writes?.destroy();
    },
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function figuresLook(ink: Ink, size: Size): uPlot.Options & { axes: uPlot.Axis[] } {
  return {
    ...size,
    ...COMMON,
    axes: [
      { ...axis(ink), size: 0, show: false },
      { ...axis(ink), size: BESIDE, values: wholeNumbers, space: 28 },
    ],
    series: [
      {},
      { stroke: ink.shown, width: 3, ...STEPPED, points: { show: false } },
      // On top: where the two agree, the line has the colour of the truth.
      { stroke: ink.truth, width: 3, ...STEPPED, points: { show: false } },
      { width: 0, ...STEPPED, points: { show: false } },
    ],
    // Whichever of truth and what is out of date is the larger.
    bands: [
      { series: [3, 2], fill: ink.hidden },
      { series: [2, 3], fill: ink.hidden },
    ],
  };
}

/** A dashed line where the service's clock leapt, and how far. */
function drawLeaps({ ctx, bbox, valToPos }: uPlot, leaps: readonly Leap[], { muted, font }: Ink): void {
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = muted;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.font = font;
  ctx.textAlign = "right";
  ctx.textBaseline = "top";
  for (const { second, by } of leaps) {
    const x = valToPos(second, "x", true);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(by > 0 ? `${spanText(by)} passed` : "set back", x - 6 * devicePixelRatio, bbox.top);
  }
  ctx.restore();
}

function writesLook(ink: Ink, size: Size, time: uPlot.Axis): uPlot.Options {
  return {
    ...size,
    ...COMMON,
    padding: [8, 44, 0, 0],
    axes: [time, { ...axis(ink), size: BESIDE, values: wholeNumbers, space: 18 }],
    series: [{}, { stroke: ink.muted, fill: ink.line, width: 1.5, ...STEPPED, points: { show: false } }],
  };
}

function timeAxis(ink: Ink, clock: (second: number) => string): uPlot.Axis {
  return { ...axis(ink), size: 24, space: 110, values: (_plot, seconds) => seconds.map(clock), grid: { show: false } };
}

const paths = uPlot.paths.stepped?.({ align: 1 });
const STEPPED = paths === undefined ? {} : { paths };

const COMMON = {
  legend: { show: false },
  cursor: { show: false },
  padding: [8, 44, 8, 0],
  scales: {
    x: {
      time: false,
      range: (_plot: uPlot, from: number, to: number): [number, number] => [from, Math.max(to, from + SHORTEST)],
    },
    y: { range: (_plot: uPlot, _from: number, to: number): [number, number] => [0, Math.max(5, to * 1.15)] },
  },
} satisfies Partial<uPlot.Options>;

function axis({ muted, line, font }: Ink): uPlot.Axis {
  return { stroke: muted, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
}

function wholeNumbers(_plot: uPlot, marks: number[]): string[] {
  return marks.map((mark) => (Number.isInteger(mark) ? String(mark) : ""));
}

function inkOf(place: HTMLElement): Ink {
  const style = getComputedStyle(place);
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    truth: color("truth"),
    shown: color("shown"),
    hidden: color("hidden"),
    muted: color("muted"),
    line: color("line"),
    font: `${Number.parseFloat(style.fontSize) * 0.8125}px ${style.fontFamily}`,
  };
}
