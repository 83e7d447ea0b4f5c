/** Members of the runtime's own objects, replaced. */

const originals = new WeakMap<object, unknown>();

/** What stood where this function stands now; itself where it replaced nothing. */
export function originalOf(found: unknown): unknown {
  return typeof found === "function" ? (originals.get(found) ?? found) : found;
}

/** Puts members on an object of the runtime, whatever they were before: writable, configurable and enumerable. */
export function replaceMembers(target: object, members: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(members)) {
    const before = Reflect.get(target, name) as unknown;
    if (typeof value === "function" && typeof before === "function") originals.set(value, before);
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: true });
  }
}
