/** Rows of the progress tables as the vocabulary's records. Pure. */
import type { AttemptRecord, ProgressEvent, Rung } from "../vocabulary.ts";

export interface AttemptRow extends Omit<AttemptRecord, "requiredStars" | "hintRung" | "promptLevel"> {
  readonly id: number;
  readonly required_stars: AttemptRecord["requiredStars"];
  readonly hint_rung: AttemptRecord["hintRung"];
  readonly prompt_level: number | null;
}

export interface EventRow {
  readonly scenario: string;
  readonly at: string;
  readonly kind: ProgressEvent["kind"];
  readonly cause: Extract<ProgressEvent, { kind: "hint" }>["cause"] | null;
  readonly rung: Rung | null;
  readonly level: number | null;
}

export function attemptOf(row: AttemptRow): AttemptRecord {
  const { id: _, required_stars: requiredStars, hint_rung: hintRung, prompt_level: promptLevel, ...same } = row;
  return { ...same, requiredStars, hintRung, promptLevel };
}

export function eventOf({ scenario, at, kind, cause, rung, level }: EventRow): ProgressEvent {
  if (kind === "hint") return { scenario, at, kind, cause: cause ?? "unexplained", rung: rung ?? 1 };
  if (kind === "prompt") return { scenario, at, kind, level: level ?? 0 };
  return { scenario, at, kind };
}
