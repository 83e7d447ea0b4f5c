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
import { CAUSE_WORDS } from "./verdict-causes.ts";

export type Schema = { readonly [keyword: string]: unknown };

type Members<Shape> = { readonly [Name in keyof Required<Shape>]: Schema };

const text: Schema = { type: "string" };
const count: Schema = { type: "integer", minimum: 0 };
const position: Schema = { type: "integer", minimum: 1 };
const star: Schema = { enum: [1, 2, 3] };
const json: Schema = { description: "Any JSON value." };

const location = record<Location>({ file: text, line: position, column: position });

const claim: Members<Claim> = { schedules: count, requests: count, switches: count, complete: { type: "boolean" } };

const step = record<StoryStep>(
  {
    actor: count,
    kind: { enum: ["arrival", "cache", "database", "timer", "answer"] },
    text,
    result: text,
    mark: { enum: ["poison", "served", "switch"] },
    location,
  },
  ["result", "mark", "location"],
);

const request = record<Counterexample["requests"][number]>(
  { actor: count, method: text, path: text, body: text, label: text, instance: { enum: [0, 1] }, phase: count },
  ["body", "label"],
);

const fault = record<Fault>({
  kind: { enum: ["miss", "false", "error", "hang", "lose-delete", "evict"] },
  from: count,
});

const entry = record<NonNullable<Counterexample["entry"]>>({
  key: text,
  timeToLive: { type: ["number", "null"], description: "Milliseconds; null: never expires." },
});

const cause: Schema = { enum: Object.keys(CAUSE_WORDS) };

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
    verdict: { enum: ["pass", "fail", "inconclusive", "crashed", "timed-out", "broken-environment", "checker-bug"] },
    stars: { enum: [0, 1, 2, 3] },
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

function record<Shape>(properties: Members<Shape>, optional: readonly (keyof Shape)[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.some((each) => each === name));
  return { type: "object", properties, required, additionalProperties: false };
}

function list(items: Schema): Schema {
  return { type: "array", items };
}

function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: "null" }] };
}
