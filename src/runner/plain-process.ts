/**
 * The `process` that handlers find where a pass is confirmed: that of a service which somebody started by hand. The
 * process that explores shows itself as it is. Handlers that are right only where they see that they are being checked
 * are wrong in one of the two:
 *   if (process.permission !== undefined) await cache.delete(key)
 * What could touch the machine is refused in both.
 */
import { EventEmitter } from "node:events";
import process from "node:process";
import { Writable } from "node:stream";
import { originalOf, replaceMembers } from "./replace-members.ts";

/** What Node shows of a process only because it is guarded, or belongs to another one. */
const OURS: ReadonlySet<PropertyKey> = new Set([
  "permission",
  "send",
  "_send",
  "channel",
  "connected",
  "disconnect",
  "_channel",
  "_disconnect",
  "_handleQueue",
  "_pendingMessage",
]);

const HOME = "/srv/service";

/** Where our own files lie, built or not. */
const TOOL = new URL("..", import.meta.url).href;

/** Puts it in place of the global one, for good. Call it before any handler is loaded; ours have theirs by import. */
export function wearPlainProcess(): void {
  const plain = createPlainProcess();
  Object.defineProperty(globalThis, "process", { value: plain, writable: true, configurable: true });
  replaceMembers(Function.prototype, { toString: sourceOf });
  Reflect.defineProperty(Function.prototype, "toString", { enumerable: false });
  Object.defineProperty(Error, "prepareStackTrace", { value: withoutTool, writable: true, configurable: true });
}

const { toString: ownSource } = Function.prototype;

/** Clock, dice and timers show the text of those that they replace. */
function sourceOf(this: unknown): string {
  return Reflect.apply(ownSource, originalOf(this), []);
}

function createPlainProcess(): object {
  const plain: object = Object.create(Object.getPrototypeOf(process) as object) as object;
  EventEmitter.call(plain as EventEmitter); // who listens here hears nothing, and counts nobody else
  for (const key of Reflect.ownKeys(process)) {
    if (!OURS.has(key) && !Object.hasOwn(plain, key)) Object.defineProperty(plain, key, forwarded(key));
  }
  const own = {
    argv: [process.execPath, `${HOME}/server.js`],
    execArgv: ["--enable-source-maps"],
    ppid: 1,
    cwd: () => HOME,
    report: { getReport: () => ({ header: { commandLine: [process.execPath, `${HOME}/server.js`] } }) },
    stdout: muted(process.stdout),
    stderr: muted(process.stderr),
  };
  for (const [key, value] of Object.entries(own))
    Object.defineProperty(plain, key, { value, writable: true, configurable: true, enumerable: true });
  return plain;
}

/** As it is at the moment of asking: the guard comes later. */
function forwarded(key: PropertyKey): PropertyDescriptor {
  return {
    get: () => Reflect.get(process, key) as unknown,
    set: (value: unknown) => void Reflect.set(process, key, value),
    configurable: true,
    enumerable: Object.getOwnPropertyDescriptor(process, key)?.enumerable === true,
  };
}

function muted(stream: NodeJS.WriteStream): Writable {
  const write = stream.write.bind(stream) as (chunk: unknown) => boolean;
  return new Writable({
    decodeStrings: false,
    write: (chunk, _, done) => {
      write(chunk);
      done();
    },
  });
}

/** Traces as Node writes them, but for frames that would tell who calls. Errors of our own keep theirs. */
function withoutTool(error: Error, frames: readonly NodeJS.CallSite[]): string {
  const files = frames.map((frame) => frame.getFileName() ?? "");
  const isOurs = files.every((file) => !file.startsWith("file:") || file.startsWith(TOOL));
  const shown = frames.filter((_, position) => isOurs || files[position]?.startsWith(TOOL) !== true);
  // oxlint-disable-next-line typescript/no-base-to-string -- V8's call sites know how to write themselves
  return [headline(error), ...shown.map((frame) => `    at ${frame.toString()}`)].join("\n");
}

function headline(error: Error): string {
  try {
    return String(error);
  } catch {
    return "Error";
  }
}
