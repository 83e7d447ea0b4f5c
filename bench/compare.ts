/**
 * Two tasks measured against each other: by turns, so that whatever else the machine does meets both alike.
 * Gives ratios: a number of milliseconds says nothing about another machine.
 */

/** Kept by value: a process that plays worlds replaces its clock. */
const now = performance.now.bind(performance);

export interface Ratio {
  readonly what: string;
  /** Ours divided by the baseline's, or ours alone where a person's patience or machine is the baseline. */
  readonly measured: number;
  /** The largest, or the smallest, ratio that holds; with what it is measured in, such as `2×`. */
  readonly bound: { readonly at: "most" | "least"; readonly value: number };
  readonly unit: "×" | " MiB" | " s" | " ms";
  /** How both sides came out, for people. */
  readonly detail: string;
}

export interface Contest {
  readonly ours: () => void | Promise<void>;
  readonly baseline: () => void | Promise<void>;
  /** Turns that count; one of each comes before them and does not. */
  readonly turns: number;
}

/** Median milliseconds of each. */
export async function compare({ ours, baseline, turns }: Contest): Promise<{ ours: number; baseline: number }> {
  const times = { ours: [] as number[], baseline: [] as number[] };
  await baseline();
  await ours();
  for (let turn = 0; turn < turns; turn += 1) {
    // Who goes first changes from turn to turn: the second finds a warmer machine.
    if (turn % 2 === 0) times.baseline.push(await timed(baseline));
    times.ours.push(await timed(ours));
    if (turn % 2 === 1) times.baseline.push(await timed(baseline));
  }
  return { ours: median(times.ours), baseline: median(times.baseline) };
}

export async function timed(task: () => void | Promise<void>): Promise<number> {
  const startedAt = now();
  await task();
  return now() - startedAt;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function holds({ measured, bound }: Ratio): boolean {
  return bound.at === "most" ? measured <= bound.value : measured >= bound.value;
}
