/**
 * Notices when handlers change what every program stands on: built-in objects and the classes the service is made of.
 * A patched `Array.prototype.map` or `Response` could make any judge in the same process believe anything.
 */
import Keyv from "keyv";

type Inventory = ReadonlyMap<string, ReadonlyMap<PropertyKey, PropertyDescriptor>>;

/** Members of globalThis that Node defines lazily: reading them once makes them ordinary. */
const CLASSES = [
  "Object",
  "Function",
  "Array",
  "String",
  "Number",
  "Boolean",
  "Symbol",
  "BigInt",
  "Promise",
  "Map",
  "Set",
  "WeakMap",
  "WeakSet",
  "WeakRef",
  "Proxy",
  "Date",
  "RegExp",
  "Error",
  "TypeError",
  "RangeError",
  "ArrayBuffer",
  "Uint8Array",
  "Request",
  "Response",
  "Headers",
  "URL",
  "URLSearchParams",
  "AbortSignal",
  "AbortController",
  "EventTarget",
  "ReadableStream",
  "TextEncoder",
  "TextDecoder",
] as const;
const NAMESPACES = ["JSON", "Math", "Reflect", "Atomics", "crypto", "performance", "process"] as const;

/** Takes stock now; the function returned names the first thing that differs later, or null. */
export function watchIntrinsics(): () => string | null {
  const before = takeInventory();
  return () => firstDifference(before, takeInventory());
}

function takeInventory(): Inventory {
  const scope = globalThis as unknown as Record<string, unknown>;
  const objects: [string, unknown][] = [
    ["globalThis", globalThis],
    ["Keyv.prototype", Keyv.prototype],
    ...CLASSES.flatMap((name): [string, unknown][] => [
      [name, scope[name]],
      [`${name}.prototype`, (scope[name] as { prototype?: unknown } | undefined)?.prototype],
    ]),
    ...NAMESPACES.map((name): [string, unknown] => [name, scope[name]]),
  ];
  return new Map(objects.flatMap(([name, object]) => (isObject(object) ? [[name, members(object)] as const] : [])));
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function members(object: object): Map<PropertyKey, PropertyDescriptor> {
  return new Map(Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key) ?? {}]));
}

function firstDifference(before: Inventory, after: Inventory): string | null {
  for (const [name, known] of before) {
    const now = after.get(name);
    const keys = new Set([...known.keys(), ...(now?.keys() ?? [])]);
    for (const key of keys) {
      if (!isSame(known.get(key), now?.get(key)))
        return `${name}${typeof key === "symbol" ? `[${String(key)}]` : `.${String(key)}`}`;
    }
  }
  return null;
}

/** Plain numbers and strings may change by themselves (`process.exitCode`); functions and accessors may not. */
function isSame(one: PropertyDescriptor | undefined, other: PropertyDescriptor | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  // Operators only: a method such as `some` may be the very thing that was patched.
  const isCode = typeof one.value === "function" || typeof other.value === "function";
  const isAccessor = one.get !== undefined || other.get !== undefined;
  return (!isCode && !isAccessor) || (one.value === other.value && one.get === other.get && one.set === other.set);
}
