/**
 * Frames come up to ten times a second; nobody reads figures that change more often than four times. What comes in
 * between waits and is shown together: nothing is left out.
 */

/** Milliseconds between two showings. */
const PACE = 250;

export interface Pacer<Value> {
  /** Shown at once if nothing was shown just before. */
  take(value: Value): void;
  /** Drops what waits. */
  stop(): void;
}

export function paced<Value>(show: (values: readonly Value[]) => void): Pacer<Value> {
  let waiting: Value[] = [];
  let shownAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const release = (): void => {
    timer = undefined;
    shownAt = performance.now();
    const values = waiting;
    waiting = [];
    show(values);
  };
  return {
    take: (value) => {
      waiting.push(value);
      timer ??= setTimeout(release, Math.max(0, shownAt + PACE - performance.now()));
    },
    stop: () => clearTimeout(timer),
  };
}
