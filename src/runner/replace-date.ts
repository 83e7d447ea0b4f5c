/** Gives this process another clock, for good: what asks for the time without naming one gets it from here. */
import { replaceMembers } from "./replace-members.ts";

/** `now`: milliseconds since the epoch. `Date` called with arguments, and its other members, stay as they are. */
export function replaceDate(now: () => number): void {
  const RealDate = Date;
  function OtherDate(...args: unknown[]): Date | string {
    if (new.target === undefined) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, args.length === 0 ? [now()] : args, new.target) as Date;
  }
  // Its own members and the one prototype, so that nothing tells a date made here from one made by the engine.
  Object.defineProperties(OtherDate, Object.getOwnPropertyDescriptors(RealDate));
  replaceMembers(OtherDate, { now });
  Object.defineProperty(OtherDate, "now", { enumerable: false });
  Object.defineProperty(RealDate.prototype, "constructor", { value: OtherDate });
  replaceMembers(globalThis, { Date: OtherDate });
}
