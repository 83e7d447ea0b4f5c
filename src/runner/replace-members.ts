/** Puts members on an object of the runtime, whatever they were before: writable, configurable and enumerable. */
export function replaceMembers(target: object, members: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: true });
  }
}
