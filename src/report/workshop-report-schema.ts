/**
 * The published shape of `report --json`, in JSON Schema 2020-12; `schema/report-v1.json` is this value as a file.
 * Members stand in the order in which they are printed.
 */
import type { AttemptRecord, ProgressEvent, ScenarioReport, Timed, WorkshopReport } from "../vocabulary.ts";
import {
  cause,
  count,
  list,
  type Members,
  orNull,
  position,
  record,
  type Schema,
  star,
  stars,
  text,
  verdictKind,
} from "./schema-parts.ts";

const milliseconds: Schema = { type: "number", minimum: 0, description: "Milliseconds." };
const isoTime: Schema = { ...text, description: "ISO time." };
const rung: Schema = { type: "integer", minimum: 1, maximum: 5 };

const attempt = record<Timed<AttemptRecord>>({
  scenario: text,
  at: isoTime,
  milliseconds: { type: "number", minimum: 0, description: "How long the check took." },
  attempt: orNull(text),
  handlers: { ...text, description: "SHA-256 of the files' names and texts." },
  verdict: verdictKind,
  cause: orNull(cause),
  property: orNull(text),
  stars,
  requiredStars: star,
  hintRung: { type: "integer", minimum: 0, maximum: 5 },
  promptLevel: orNull(count),
  assistant: orNull(text),
  version: text,
  millisecondsSpent: milliseconds,
});

type EventOf<Kind extends ProgressEvent["kind"]> = Timed<Extract<ProgressEvent, { kind: Kind }>>;

const happened = { scenario: text, at: isoTime };
const spent = { millisecondsSpent: milliseconds };
const event: Schema = {
  anyOf: [
    record<EventOf<"hint">>({ ...happened, kind: { const: "hint" }, cause, rung, ...spent }),
    record<EventOf<"prompt">>({ ...happened, kind: { const: "prompt" }, level: count, ...spent }),
    record<Timed<Exclude<ProgressEvent, { kind: "hint" } | { kind: "prompt" }>>>({
      ...happened,
      kind: { enum: ["set-up", "demonstration", "reference", "reset", "undo"] },
      ...spent,
    }),
  ],
};

const scenario: Members<ScenarioReport> = {
  slug: text,
  title: text,
  minutes: { type: "number", exclusiveMinimum: 0 },
  requiredStars: star,
  setUp: { type: "boolean" },
  trouble: orNull(text),
  stars,
  millisecondsSpent: milliseconds,
  firstPass: orNull(
    record<NonNullable<ScenarioReport["firstPass"]>>({
      attempts: position,
      millisecondsSpent: milliseconds,
      millisecondsElapsed: milliseconds,
    }),
  ),
  attempts: list(attempt),
  events: list(event),
  pauses: list(record<ScenarioReport["pauses"][number]>({ millisecondsSpent: milliseconds, milliseconds })),
  causes: list(record<ScenarioReport["causes"][number]>({ cause, attempts: position })),
  hints: list(record<ScenarioReport["hints"][number]>({ rung, name: text, shown: count })),
  promptLevels: list(
    record<ScenarioReport["promptLevels"][number]>({ level: count, shown: count, attempts: count, passed: count }),
  ),
};

export const reportSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "stale-stats report",
  description: "What `stale-stats report --json` prints: everything recorded in one workshop folder, and its figures.",
  ...record<WorkshopReport>({
    schemaVersion: { const: 1 },
    folder: text,
    writtenAt: isoTime,
    version: text,
    scenarios: list(record<ScenarioReport>(scenario)),
  }),
};
