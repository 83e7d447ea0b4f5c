/** What published shapes are made of, in JSON Schema 2020-12. The compiler refuses a member that a type lacks or has anew. */
import type { VerdictKind } from "../vocabulary.ts";
import { CAUSE_WORDS } from "./verdict-causes.ts";

export type Schema = { readonly [keyword: string]: unknown };

export type Members<Shape> = { readonly [Name in keyof Required<Shape>]: Schema };

export const text: Schema = { type: "string" };
export const count: Schema = { type: "integer", minimum: 0 };
export const position: Schema = { type: "integer", minimum: 1 };
export const star: Schema = { enum: [1, 2, 3] };
export const stars: Schema = { enum: [0, 1, 2, 3] };
export const cause: Schema = { enum: Object.keys(CAUSE_WORDS) };

const VERDICTS: Readonly<Record<VerdictKind, true>> = {
  pass: true,
  fail: true,
  inconclusive: true,
  crashed: true,
  "timed-out": true,
  "broken-environment": true,
  "checker-bug": true,
};
export const verdictKind: Schema = { enum: Object.keys(VERDICTS) };

/** No other members; all of them are there but the optional ones. */
export function record<Shape>(properties: Members<Shape>, optional: readonly (keyof Shape)[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.some((each) => each === name));
  return { type: "object", properties, required, additionalProperties: false };
}

export function list(items: Schema): Schema {
  return { type: "array", items };
}

export function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: "null" }] };
}
