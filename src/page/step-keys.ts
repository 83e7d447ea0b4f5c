/** One tab stop for the whole story line; the arrow keys go from step to step and from request to request. */
import type { RequestColumn, RequestGroup } from "./request-columns.ts";

interface StepKeys {
  readonly groups: readonly RequestGroup[];
  /** Position of the step that is looked at. */
  readonly looked: number | null;
  readonly look: (position: number) => void;
}

export function useStepKeys({ groups, looked, look }: StepKeys): (event: KeyboardEvent) => void {
  return (event) => {
    const columns = groups.flatMap((group) => group.columns).filter(({ cells }) => cells.length > 0);
    const next = stepTowards(event.key, columns, looked);
    if (next === null) return;
    event.preventDefault();
    look(next);
    const place = event.currentTarget as HTMLElement;
    place.querySelector<HTMLElement>(`[data-position="${next}"]`)?.focus();
  };
}

/** Position of the step to go to; null: the key is not one of ours, or there is nowhere to go. */
export function stepTowards(key: string, columns: readonly RequestColumn[], from: number | null): number | null {
  const across = columns.findIndex(({ cells }) => cells.some(({ step }) => step.position === from));
  const down = columns[across]?.cells.findIndex(({ step }) => step.position === from) ?? 0;
  const at = (column: number, cell: number): number | null => {
    const cells = columns[column]?.cells ?? [];
    return cells[Math.min(cell, cells.length - 1)]?.step.position ?? null;
  };
  switch (key) {
    case "ArrowDown":
      return at(across, down + 1);
    case "ArrowUp":
      return at(across, Math.max(0, down - 1));
    case "ArrowRight":
      return at(across + 1, down);
    case "ArrowLeft":
      return at(across - 1, down);
    case "Home":
      return at(0, 0);
    case "End":
      return at(columns.length - 1, 0);
    default:
      return null;
  }
}
