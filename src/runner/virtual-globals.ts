/**
 * Replaces the clock, the timers and the dice of this process, for good, by those of the run that is being played.
 * Only for processes that exist to run handlers. What they start while being imported, outside any request, sees a
 * clock that stands still; its timers are kept for the worlds.
 */
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import type { Controls } from "./actor-context.ts";
import { actorStorage } from "./actor-context.ts";
import { createImportTimers, type ImportTimers } from "./import-timers.ts";
import { replaceDate } from "./replace-date.ts";
import { replaceMembers } from "./replace-members.ts";
import { createBits } from "./seeded-random.ts";
import { installTimers, type TimerControls } from "./virtual-timers.ts";

export interface VirtualGlobals {
  /** What was started outside all requests. */
  readonly importTimers: Pick<ImportTimers, "take">;
  /** For code that belongs to no request; each request has the clock, the dice and the timers of its own world. */
  connect(controls: Controls): void;
}

/** Milliseconds for which a process has been up when a run begins in it: no clock that serves anybody shows zero. */
const UP = 74_216;

/** Call once, before any handler is imported. `epoch`: the time at which that happens, in milliseconds since 1970. */
export function installVirtualGlobals(epoch: number): VirtualGlobals {
  const imported = createBits("import");
  let controls: Controls = {
    now: () => epoch,
    elapsed: () => 0,
    bits: () => imported,
    start: () => null,
    clear: () => {},
  };
  const current = (): Controls => actorStorage.getStore()?.home ?? controls;
  const bits = (): number => {
    const context = actorStorage.getStore();
    return context === undefined ? imported() : context.home.bits(context)();
  };
  replaceDate(() => current().now());
  const up = (): number => UP + current().elapsed();
  installStopwatches(up);
  const origin = (): number => current().now() - up();
  Object.defineProperty(globalThis.performance, "timeOrigin", { get: origin, configurable: true, enumerable: true });
  const importTimers = createImportTimers();
  const outside: TimerControls = {
    start: (timer) => importTimers.start(timer),
    clear: (id) => (id < 0 ? importTimers : controls).clear(id),
  };
  installTimers(() => actorStorage.getStore()?.home ?? outside);
  installRandom(bits);
  syncBuiltinESMExports();
  return { importTimers, connect: (next) => void (controls = next) };
}

/** Clocks that count from some moment of their own; here from the start of the process. */
function installStopwatches(up: () => number): void {
  const nanoseconds = (): bigint => BigInt(Math.round(up() * 1_000_000));
  const hrtime = (since: readonly [number, number] = [0, 0]): [number, number] => {
    const passed = nanoseconds() - BigInt(since[0]) * 1_000_000_000n - BigInt(since[1]);
    return [Number(passed / 1_000_000_000n), Number(passed % 1_000_000_000n)];
  };
  replaceMembers(globalThis.performance, { now: up });
  // oxlint-disable-next-line no-restricted-globals -- handlers ask it for the time, and this process is theirs
  replaceMembers(globalThis.process, {
    hrtime: Object.assign(hrtime, { bigint: nanoseconds }),
    uptime: () => up() / 1000,
  });
}

function installRandom(bits: () => number): void {
  const fraction = (): number => bits() / 0x1_0000_0000;
  const fill = (view: ArrayBufferView): void => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = bits() & 0xff;
  };
  const getRandomValues = <View extends ArrayBufferView>(view: View): View => {
    fill(view);
    return view;
  };
  const randomBytes = (size: number, callback?: Told<Buffer>): Buffer | undefined =>
    tell(getRandomValues(Buffer.alloc(size)), callback);
  const randomFill = (view: ArrayBufferView, ...rest: unknown[]): void =>
    void tell(getRandomValues(view), rest.at(-1) as Told<ArrayBufferView>);
  const randomUUID = (): string => {
    const bytes = Buffer.alloc(16);
    fill(bytes);
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
  };
  const randomInt = (...given: (number | Told<number>)[]): number | undefined => {
    const [first = 0, second] = given.filter((each) => typeof each === "number");
    const [low, high] = second === undefined ? [0, first] : [first, second];
    return tell(
      low + Math.floor(fraction() * (high - low)),
      given.find((each) => typeof each === "function"),
    );
  };
  replaceMembers(Math, { random: fraction });
  replaceMembers(crypto, {
    randomBytes,
    randomUUID,
    randomInt,
    randomFill,
    randomFillSync: getRandomValues,
  });
  replaceMembers(globalThis.crypto, { randomUUID, getRandomValues });
}

type Told<T> = (error: null, value: T) => void;

/** Node's dice answer at once, or to a callback. */
function tell<T>(value: T, callback: Told<T> | undefined): T | undefined {
  if (callback === undefined) return value;
  queueMicrotask(() => callback(null, value));
  return undefined;
}
