/** The two figures of a story over time: what the viewer was shown, and what the database holds. */
import type { LivePoint, LiveState } from "../../vocabulary.ts";

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
  /** As the page is shown them. */
  readonly figures: () => LiveState["figures"];
  /** Milliseconds since the epoch by the service's clock. */
  readonly now: () => number;
  readonly tell: (point: LivePoint) => void;
}

export function createFigures({ ask, figures, now, tell }: FigureParts): Figures {
  let known: number | null = null;
  let last: LivePoint | null = null;
  const actual = (): number => (known ??= ask());
  return {
    actual,
    committed: () => void (known = null),
    tick: () => {
      const { shown, actual: held, awaitsLook } = figures();
      if (last?.shown === shown && last.actual === held && last.awaitsLook === awaitsLook) return;
      last = { at: now(), shown, actual: held, awaitsLook };
      tell(last);
    },
    startAgain: () => {
      known = null;
      last = null;
    },
  };
}
