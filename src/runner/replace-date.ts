/** Gives this process another clock, for good: what asks for the time without naming one gets it from here. */
import { replaceMembers } from "./replace-members.ts";

/** `now`: milliseconds since the epoch. `Date` called with arguments, and its other members, stay as they are. */
export function replaceDate(now: () => number): void {
  const RealDate = Date;
  class OtherDate extends RealDate {
    constructor(...args: unknown[]) {
      super(...((args.length === 0 ? [now()] : args) as [number]));
    }
    static override now(): number {
      return now();
    }
  }
  Object.defineProperty(OtherDate, "name", { value: "Date" });
  const callable = new Proxy(OtherDate, { apply: () => new OtherDate().toString() });
  replaceMembers(globalThis, { Date: callable });
}
