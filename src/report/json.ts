/** A verdict as the one published JSON object. Takes the value as it is; adds, drops and decides nothing. */
import type { Verdict } from "../vocabulary.ts";
import { verdictSchema } from "./json-schema.ts";
import type { Schema } from "./schema-parts.ts";

/**
 * Members stand in the order of `schema/verdict-v1.json`, `timing` last, however the verdict was put together; values
 * that handlers made keep their own order. Two spaces of indentation; ends with a newline.
 */
export function verdictJson(verdict: Verdict): string {
  return `${JSON.stringify(ordered(verdict, verdictSchema), null, 2)}\n`;
}

function ordered(value: unknown, schema: Schema): unknown {
  const shape = shapeFor(value, schema);
  if (Array.isArray(value)) return isSchema(shape["items"]) ? orderedItems(value, shape["items"]) : value;
  const members = shape["properties"];
  if (!isSchema(value) || !isSchema(members)) return value;
  const names = [...new Set([...Object.keys(members), ...Object.keys(value)])].filter((name) =>
    Object.hasOwn(value, name),
  );
  return Object.fromEntries(names.map((name) => [name, orderedMember(value[name], members[name])]));
}

function orderedMember(value: unknown, schema: unknown): unknown {
  return isSchema(schema) ? ordered(value, schema) : value;
}

function orderedItems(values: readonly unknown[], items: Schema): unknown[] {
  return values.map((each) => ordered(each, items));
}

/** The only alternatives in the schema are "this, or null". */
function shapeFor(value: unknown, schema: Schema): Schema {
  const alternatives: unknown = schema["anyOf"];
  if (value === null || !Array.isArray(alternatives)) return schema;
  const [first] = alternatives as readonly unknown[];
  return isSchema(first) ? first : schema;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
