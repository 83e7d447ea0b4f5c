/** The two figures of a story over time: what the viewer was shown, and what the database holds. */
import type { LivePoint } from "../../vocabulary.ts";

export interface Figures {
  /** What the database holds; asked for once in each state. */
  actual(): number;
  /** To be called at once when something was committed. */
  committed(): void;
  /** Tells of a point when one of the two has changed. */
  tick(): void;
  /** There is another database. */
  startAgain(): void;
}

export interface FigureParts {
  readonly ask: () => number;
  readonly shown: () => number | null;
  /** Milliseconds since the epoch by the service's clock. */
  readonly now: () => number;
  readonly tell: (point: LivePoint) => void;
}

export function createFigures({ ask, shown, now, tell }: FigureParts): Figures {
  let known: number | null = null;
  let last: LivePoint | null = null;
  const actual = (): number => (known ??= ask());
  return {
    actual,
    committed: () => void (known = null),
    tick: () => {
      const point = { at: now(), shown: shown(), actual: actual() };
      if (last?.shown === point.shown && last.actual === point.actual) return;
      last = point;
      tell(point);
    },
    startAgain: () => {
      known = null;
      last = null;
    },
  };
}
