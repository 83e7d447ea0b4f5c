/**
 * The two kinds of `fix.json`, `sample.json` and `strategy.json`, read strictly: an unknown, missing or ill-typed
 * field is an error, because a fix that claims nothing would be proved by anything. Takes text, gives a manifest; knows no files.
 */
import { WorkshopError } from "../errors.ts";
import type { Cause, PropertyId, Star, VerdictKind } from "../vocabulary.ts";
import { CAUSES } from "./causes.ts";

/** A correct fix: what it does, why, what running it adds, and what it still lets through. */
export interface AcceptedManifest {
  readonly title: string;
  readonly summary: string;
  /** Stars it must earn; two of them are a pass. */
  readonly stars: 2 | 3;
  readonly why: readonly string[];
  readonly operation: readonly string[];
  readonly misses: readonly string[];
  /** True for the one that is shown first; absent for the others. */
  readonly reference?: boolean;
}

/** A wrong fix and the verdict that a check must give it. */
export interface RejectedManifest {
  readonly title: string;
  /** Of the broken property; 1 when the handlers do not get as far as a property. */
  readonly star: Star;
  /** Null unless the verdict is `fail`. */
  readonly property: PropertyId | null;
  readonly verdict: "fail" | "crashed" | "timed-out";
  readonly cause: Cause;
  readonly why: string;
  /** Stars to demand so that it fails; absent: the scenario's own demand is enough. */
  readonly stars?: Star;
}

/** A sample answer and the verdict that a check must give the files it leads to. */
export interface SampleManifest {
  readonly title: string;
  readonly verdict: "pass" | "fail" | "crashed" | "timed-out";
  /** Earned by a pass; of the broken property else. */
  readonly star: Star;
  /** Null unless the verdict is `fail`. */
  readonly property: PropertyId | null;
  /** Null for a pass. */
  readonly cause: Cause | null;
  /** What to see in it, for whoever reads it with the verdict. */
  readonly why: string;
}

/** One of the strategies that a scenario brings to be compared. */
export interface StrategyManifest {
  readonly title: string;
  readonly summary: string;
  /** Its place among the others, ascending. */
  readonly order: number;
}

export interface Manifests {
  readonly accepted: AcceptedManifest;
  readonly rejected: RejectedManifest;
  readonly sample: SampleManifest;
  readonly strategy: StrategyManifest;
}

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, { readonly check: Check; readonly says: string; readonly optional?: true }>>;

const VERDICTS: readonly VerdictKind[] = ["fail", "crashed", "timed-out"];
const text: Fields[string] = { check: isText, says: "a text that is not empty" };
const texts: Fields[string] = { check: isTexts, says: "a list of texts, at least one" };

const FIELDS: Readonly<Record<keyof Manifests, Fields>> = {
  accepted: {
    title: text,
    summary: text,
    stars: { check: oneOf([2, 3]), says: "2 or 3" },
    why: texts,
    operation: texts,
    misses: texts,
    reference: { check: oneOf([true]), says: "true, or left out", optional: true },
  },
  rejected: {
    title: text,
    star: { check: oneOf([1, 2, 3]), says: "1, 2 or 3" },
    property: { check: (value) => value === null || isText(value), says: "a property's id or null" },
    verdict: { check: oneOf(VERDICTS), says: VERDICTS.join(", ") },
    cause: { check: oneOf(CAUSES), says: "a cause of the vocabulary" },
    why: text,
    stars: { check: oneOf([1, 2, 3]), says: "1, 2 or 3, or left out", optional: true },
  },
  sample: {
    title: text,
    verdict: { check: oneOf(["pass", ...VERDICTS]), says: `pass, ${VERDICTS.join(", ")}` },
    star: { check: oneOf([1, 2, 3]), says: "1, 2 or 3" },
    property: { check: (value) => value === null || isText(value), says: "a property's id or null" },
    cause: { check: oneOf([null, ...CAUSES]), says: "a cause of the vocabulary or null" },
    why: text,
  },
  strategy: {
    title: text,
    summary: text,
    order: { check: (value) => Number.isSafeInteger(value), says: "a whole number" },
  },
};

/** Throws a WorkshopError (`environment`) naming `file` and every field at fault. */
export function readManifest<Kind extends keyof Manifests>(options: {
  kind: Kind;
  file: string;
  text: string;
}): Manifests[Kind] {
  const value = parse(options.text);
  const faults = isRecord(value)
    ? [...fieldFaults(FIELDS[options.kind], value), ...pairFaults(options.kind, value)]
    : ["it is not a JSON object"];
  if (faults.length > 0) throw invalid(options.file, faults);
  // Every field was checked above against the same table that the two interfaces describe.
  return value as Manifests[Kind];
}

function parse(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function fieldFaults(fields: Fields, value: Readonly<Record<string, unknown>>): string[] {
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
  const wrong = Object.entries(fields).filter(([name, field]) =>
    name in value ? !field.check(value[name]) : field.optional !== true,
  );
  return [
    ...unknown.map((name) => `"${name}" is not a field of it`),
    ...wrong.map(([name, field]) => `"${name}" must be ${field.says}`),
  ];
}

/** Only a failed property can be named, only a pass has no cause, and a fix above the usual demand needs its own. */
function pairFaults(kind: keyof Manifests, value: Readonly<Record<string, unknown>>): string[] {
  if (kind === "accepted" || kind === "strategy") return [];
  const faults: string[] = [];
  if ((value["verdict"] === "fail") !== isText(value["property"]))
    faults.push('"property" must be named exactly when the verdict is "fail"');
  if (kind === "sample" && (value["verdict"] === "pass") !== (value["cause"] === null))
    faults.push('"cause" must be null exactly when the verdict is "pass"');
  if (kind === "rejected" && value["star"] === 3 && value["stars"] !== 3)
    faults.push('a three-star failure must demand "stars": 3');
  return faults;
}

function invalid(file: string, faults: readonly string[]): WorkshopError {
  return new WorkshopError({
    code: "environment",
    message: `${file} is not a valid manifest: ${faults.join("; ")}.`,
    hint: "Correct the file; the fixes beside it show the fields.",
  });
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}

function oneOf(allowed: readonly unknown[]): Check {
  return (value) => allowed.includes(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
