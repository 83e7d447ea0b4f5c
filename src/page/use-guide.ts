/** The speaker's guide step by step, and how long each has taken. Which step is on survives a reload. */
import { useEffect, useState } from "preact/hooks";
import { fetchGuide, type Guide, type GuideStep } from "./orders.ts";
import { usePageTime } from "./page-clock.ts";

export interface GuideProgress {
  readonly title: string;
  /** null: there is no guide, or no right to it. */
  readonly step: GuideStep | null;
  /** From 0. */
  readonly nth: number;
  readonly steps: readonly GuideStep[];
  /** Milliseconds since this step was put on. */
  readonly spent: number;
  go(nth: number): void;
}

const KEPT_AS = "stale-stats-guide-step";

export function useGuide(token: string | null): GuideProgress {
  const [guide, setGuide] = useState<Guide | null>(null);
  const [nth, setNth] = useState(() => Number(sessionStorage.getItem(KEPT_AS) ?? 0));
  const [begun, setBegun] = useState(() => performance.now());
  const now = usePageTime();
  useEffect(() => {
    if (token !== null) fetchGuide(token).then(setGuide, () => setGuide(null));
  }, [token]);
  const steps = guide?.steps ?? [];
  return {
    title: guide?.title ?? "",
    step: steps[nth] ?? null,
    nth,
    steps,
    spent: Math.max(0, now - begun),
    go: (wished) => {
      const next = Math.min(steps.length - 1, Math.max(0, wished));
      if (next === nth || next < 0) return;
      sessionStorage.setItem(KEPT_AS, String(next));
      setNth(next);
      setBegun(performance.now());
    },
  };
}
