/**
 * Shows how far a long insert is: a bar with rate and time left for people, one line at the end for everything else.
 * Writes to standard error, since it is no result.
 */
import { setImmediate as turn } from "node:timers/promises";
import type { SingleBar } from "cli-progress";
import type { Io } from "./io.ts";

interface State {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
}

export interface RowProgress {
  /** Draws, and lets signals through: the insert itself leaves no room for them. */
  update(state: State): Promise<void>;
  /** Leaves the terminal as it was, also after a failure. */
  stop(): void;
}

export async function openRowProgress(io: Io, total: number): Promise<RowProgress> {
  const bar = io.interactive && total > 0 ? await drawBar(io) : null;
  const startedAt = process.hrtime.bigint();
  return {
    async update(state) {
      const rate = ratePerSecond(state.done, process.hrtime.bigint() - startedAt);
      if (bar) showBar(bar, state, rate);
      else if (state.done === state.total) io.err(`inserted ${count(state.done)} ${state.unit} (${rate} a second)\n`);
      await turn();
    },
    stop: () => bar?.stop(),
  };
}

function showBar(bar: SingleBar, { done, total, unit }: State, rate: string): void {
  if (!bar.isActive) bar.start(total, 0, { unit, rate });
  bar.update(done, { unit, rate });
}

async function drawBar(io: Io): Promise<SingleBar> {
  // Written for CommonJS: its names are members of the default, bundled or not.
  const { SingleBar, Presets } = (await import("cli-progress")).default;
  const preset = io.emoji ? Presets.shades_classic : Presets.legacy;
  const format = "{bar} {percentage}%  {value} of {total} {unit}  {rate} a second  {eta_formatted} left";
  // The cursor stays visible: whoever ends us the hard way finds the terminal as it was.
  return new SingleBar({ format, hideCursor: false, barsize: Math.max(10, Math.min(30, io.width - 70)) }, preset);
}

function ratePerSecond(rows: number, nanoseconds: bigint): string {
  return count(Math.round((rows * 1e9) / Math.max(1, Number(nanoseconds))));
}

/** 1000000 → 1,000,000, whatever the machine's language. */
function count(value: number): string {
  return value.toLocaleString("en-US");
}
