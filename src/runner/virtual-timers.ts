/** Timers that fire when the gate says so: `setTimeout` and all its kin, for this process and for good. */
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { replaceMembers } from "./replace-members.ts";

export interface TimerControls {
  /** null: the timer will never fire, because its request is one of an earlier world. */
  start(timer: { delay: number; repeats: boolean; run: () => void }): number | null;
  clear(id: number): void;
}

/** What `setTimeout` returns: the part of Node's Timeout that programs use. */
class VirtualTimeout {
  readonly #start: () => number | null;
  readonly #clear: (id: number) => void;
  #id: number | null;

  constructor(start: () => number | null, clear: (id: number) => void) {
    this.#start = start;
    this.#clear = clear;
    this.#id = start();
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
  /** Starts the delay anew. */
  refresh(): this {
    this.close();
    this.#id = this.#start();
    return this;
  }
  close(): this {
    if (this.#id !== null) this.#clear(this.#id);
    return this;
  }
  [Symbol.toPrimitive](): number {
    return this.#id ?? -1;
  }
  [Symbol.dispose](): void {
    this.close();
  }
}

type TimerName = `${"set" | "clear"}${"Timeout" | "Interval" | "Immediate"}`;
type Callback = (...args: unknown[]) => void;
type Start = (run: () => void, delay: unknown, repeats: boolean) => VirtualTimeout;

/** `controls` is asked anew at each call: each request has its own. */
export function installTimers(controls: () => TimerControls): void {
  const clear = (handle: unknown): void => {
    if (handle instanceof VirtualTimeout) handle.close();
    else if (typeof handle === "number") controls().clear(handle);
  };
  const start: Start = (run, delay, repeats) => {
    const milliseconds = Number(delay) >= 1 ? Math.min(Math.trunc(Number(delay)), 2_147_483_647) : repeats ? 1 : 0;
    const { start: begin, clear: end } = controls(); // a handle may be cleared from a request of another world
    return new VirtualTimeout(() => begin({ run, delay: milliseconds, repeats }), end);
  };
  const promised = promisedTimers(start);
  const members = callbackTimers(start, clear);
  for (const name of ["setTimeout", "setImmediate"] as const)
    Object.defineProperty(members[name], promisify.custom, { value: promised[name] });
  const require = createRequire(import.meta.url);
  replaceMembers(globalThis, members);
  replaceMembers(require("node:timers") as object, members);
  replaceMembers(require("node:timers/promises") as object, promised);
  replaceMembers(AbortSignal, { timeout: (delay: number) => abortAfter(start, delay) });
}

function callbackTimers(start: Start, clear: (handle: unknown) => void): Record<TimerName, unknown> {
  return {
    setTimeout: (run: Callback, delay?: unknown, ...args: unknown[]) => start(() => run(...args), delay, false),
    setInterval: (run: Callback, delay?: unknown, ...args: unknown[]) => start(() => run(...args), delay, true),
    setImmediate: (run: Callback, ...args: unknown[]) => start(() => run(...args), 0, false),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
  };
}

interface WaitOptions {
  readonly signal?: AbortSignal;
}

function promisedTimers(start: Start): Record<"setTimeout" | "setImmediate" | "setInterval" | "scheduler", unknown> {
  const wait = <T>(delay: number, value: T, options?: WaitOptions): Promise<T> =>
    abortable(options?.signal, (resolve) => start(() => resolve(value), delay, false));
  return {
    setTimeout: (delay?: number, value?: unknown, options?: WaitOptions) => wait(delay ?? 0, value, options),
    setImmediate: (value?: unknown, options?: WaitOptions) => wait(0, value, options),
    setInterval: async function* every(delay?: number, value?: unknown, options?: WaitOptions) {
      for (;;) yield await wait(Math.max(1, delay ?? 1), value, options);
    },
    scheduler: {
      wait: (delay: number, options?: WaitOptions) => wait(delay, undefined, options),
      yield: () => wait(0, undefined),
    },
  };
}

function abortable<T>(
  signal: AbortSignal | undefined,
  begin: (resolve: (value: T) => void) => VirtualTimeout,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = begin(resolve);
    const abort = (): void => {
      timer.close();
      const error = new Error("The operation was aborted", { cause: signal?.reason });
      reject(Object.assign(error, { name: "AbortError", code: "ABORT_ERR" }));
    };
    if (signal?.aborted === true) abort();
    signal?.addEventListener("abort", abort, { once: true });
  });
}

function abortAfter(start: Start, delay: number): AbortSignal {
  const controller = new AbortController();
  const reason = new DOMException("The operation was aborted due to timeout", "TimeoutError");
  start(() => controller.abort(reason), delay, false);
  return controller.signal;
}
