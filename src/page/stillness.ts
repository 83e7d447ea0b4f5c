/** A story line that can be read while it is being written: it holds still under a pointer, and follows when left alone. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { NumberedStep } from "../vocabulary.ts";

interface Stillness {
  /** The steps to show: the newest, or those that were there when somebody began to look. */
  readonly shown: readonly NumberedStep[];
  /** How many have come since. */
  readonly missed: number;
  /** For the element that is looked at. */
  readonly whileLooking: {
    readonly onMouseEnter: () => void;
    readonly onMouseLeave: (event: MouseEvent) => void;
    readonly onFocusIn: () => void;
    readonly onFocusOut: (event: FocusEvent) => void;
  };
}

export function useStillness(steps: readonly NumberedStep[]): Stillness {
  const [isStill, hold] = useState(false);
  const held = useRef(steps);
  if (!isStill) held.current = steps;
  return {
    shown: held.current,
    missed: (steps.at(-1)?.position ?? 0) - (held.current.at(-1)?.position ?? 0),
    whileLooking: {
      onMouseEnter: () => hold(true),
      onMouseLeave: (event) => hold(contains(event, document.activeElement)),
      onFocusIn: () => hold(true),
      onFocusOut: (event) => hold(contains(event, event.relatedTarget)),
    },
  };
}

/** For an element that scrolls sideways: the newest stays in view, unless somebody has scrolled back. */
export function useNewestInView(steps: readonly NumberedStep[]): { readonly current: HTMLDivElement | null } {
  const scroller = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    const { current: element } = scroller;
    const note = (): void => {
      if (element !== null) follows.current = element.scrollLeft + element.clientWidth > element.scrollWidth - NEAR;
    };
    const size = new ResizeObserver(() => follow(element, follows.current));
    if (element !== null) size.observe(element);
    element?.addEventListener("scroll", note, { passive: true });
    return () => {
      size.disconnect();
      element?.removeEventListener("scroll", note);
    };
  }, []);
  useLayoutEffect(() => follow(scroller.current, follows.current), [steps]);
  return scroller;
}

function follow(element: HTMLElement | null, follows: boolean): void {
  if (element !== null && follows) element.scrollLeft = element.scrollWidth;
}

/** Pixels from the end that still count as the end. */
const NEAR = 60;

function contains({ currentTarget }: Event, other: EventTarget | null): boolean {
  return currentTarget instanceof Node && other instanceof Node && currentTarget.contains(other);
}
