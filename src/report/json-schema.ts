/**
 * The published shape of `--json`, in JSON Schema 2020-12; `schema/verdict-v1.json` is this value as a file. The order
 * of members here is the order in which they are printed. The compiler refuses a member that a type lacks or has anew.
 */
import type {
  Claim,
  Counterexample,
  Fault,
  HandlerFault,
  Location,
  PropertyResult,
  StoryStep,
  Verdict,
} from "../vocabulary.ts";
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

const json: Schema = { description: "Any JSON value." };

const location = record<Location>({ file: text, line: position, column: position });

const claim: Members<Claim> = { schedules: count, requests: count, switches: count, complete: { type: "boolean" } };

const step = record<StoryStep>(
  {
    actor: count,
    kind: { enum: ["arrival", "cache", "database", "timer", "answer", "crash"] },
    text,
    result: text,
    mark: { enum: ["poison", "served", "switch"] },
    figures: record<NonNullable<StoryStep["figures"]>>({
      shown: { type: ["number", "null"] },
      actual: { type: "number" },
    }),
    location,
  },
  ["result", "mark", "figures", "location"],
);

const request = record<Counterexample["requests"][number]>(
  {
    actor: count,
    method: text,
    path: text,
    body: text,
    label: text,
    instance: { enum: [0, 1] },
    phase: count,
    later: { type: "number", description: "Milliseconds that passed before it, where more than a second did." },
  },
  ["body", "label", "later"],
);

const fault = record<Fault>({
  kind: { enum: ["miss", "false", "error", "hang", "lose-delete", "evict", "crash"] },
  from: count,
});

const entry = record<NonNullable<Counterexample["entry"]>>({
  key: text,
  timeToLive: { type: ["number", "null"], description: "Milliseconds; null: never expires." },
});

const counterexample = record<Counterexample>(
  {
    property: text,
    requests: list(request),
    steps: list(step),
    sentence: text,
    served: json,
    expected: json,
    entry,
    keys: record<NonNullable<Counterexample["keys"]>>({ used: text, read: text }),
    faults: list(fault),
    proof: text,
    location,
    shrunkFrom: position,
    found: position,
    replay: text,
  },
  ["entry", "keys", "proof", "location"],
);

const property = record<PropertyResult>(
  {
    id: text,
    star,
    outcome: { enum: ["held", "broken", "incomplete", "not-run"] },
    claim: record<Claim>(claim),
    cause,
    counterexample,
  },
  ["cause", "counterexample"],
);

export const verdictSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "stale-stats verdict",
  description:
    "What `stale-stats test-your-fix --json` prints. Everything outside `timing` is the same for the same seed.",
  ...record<Verdict>({
    schemaVersion: { const: 1 },
    scenario: text,
    verdict: verdictKind,
    stars,
    requiredStars: star,
    cause: orNull(cause),
    properties: list(property),
    counterexample: orNull(counterexample),
    fault: orNull(record<HandlerFault>({ message: text, location: orNull(location) })),
    explored: record<Verdict["explored"]>({ ...claim, seed: text }),
    confirmed: orNull(record<NonNullable<Verdict["confirmed"]>>({ schedules: count, complete: { type: "boolean" } })),
    success: orNull(record<NonNullable<Verdict["success"]>>({ before: { type: "number" }, after: { type: "number" } })),
    message: orNull(text),
    timing: { type: "object", additionalProperties: { type: "number" }, description: "Milliseconds." },
  }),
};
