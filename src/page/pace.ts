/**
 * Frames come up to ten times a second; nobody reads figures that change more often than four times. What comes in
 * between waits and is shown together: nothing is left out.
 */

/** Milliseconds between two showings. */
const PACE = 250;

export interface Pacer<Value> {
  /** Shown soon, with whatever else comes until then. */
  take(value: Value): void;
  /** Shown now, after what waits. */
  takeAtOnce(value: Value): void;
  /** Drops what waits. */
  stop(): void;
}

export function paced<Value>(show: (values: readonly Value[]) => void): Pacer<Value> {
  let waiting: Value[] = [];
  let shownAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const release = (): void => {
    clearTimeout(timer);
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
    takeAtOnce: (value) => {
      waiting.push(value);
      release();
    },
    stop: () => clearTimeout(timer),
  };
}
