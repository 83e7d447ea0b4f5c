/** What was recorded, as moments from which the time at work is counted: the same for every command that tells it. */
import type { AttemptRecord, ProgressEvent } from "../vocabulary.ts";
import type { Moment } from "./time-spent.ts";
import { epochMilliseconds } from "./wall-clock.ts";

type Kept = AttemptRecord | ProgressEvent;

/** In the order of the records. A machine may be set up long before anybody sits down at it. */
export function momentsOf<Each extends Kept>(records: readonly Each[]): (Moment & { readonly record: Each })[] {
  return records.map((record) => ({
    record,
    at: epochMilliseconds(record.at),
    milliseconds: "milliseconds" in record ? record.milliseconds : 0,
    prepares: "kind" in record && record.kind === "set-up",
  }));
}
