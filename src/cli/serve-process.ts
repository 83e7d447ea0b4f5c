/**
 * Entry of the process that serves a scenario: handlers, database copy, cache and HTTP in one, so that no request goes
 * from process to process. Takes sockets that the command has accepted. Must not touch the workshop's own files.
 */
import { rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { WorkshopError } from "../errors.ts";
import { live } from "../runner/index.ts";
import { loadScenario } from "../scenario/index.ts";
import { serveService, type Serving } from "../server/index.ts";
import type { Handler, HandlerFault, Scenario } from "../vocabulary.ts";
import { installationError, isInstallation } from "./failed-start.ts";
import type { FromServing, HandlersVersion, ServeOrder, ToServing } from "./serve-message.ts";

const { Service, importHandlers, installClock, redirectBareImports, secret, startTicker } = live.serving;

/** Milliseconds. */
const PULSE = 500;
const FRAME = 100;

type Message = ToServing | { readonly kind: "order"; readonly order: ServeOrder };

let inbox: (message: ToServing, socket: Socket | undefined) => void = () => {};
let ending = false;

process.once("disconnect", () => process.kill(process.pid, "SIGKILL")); // the command is gone: nobody is left to serve
process.on("SIGINT", () => {}); // Ctrl-C reaches the whole group where there are none of their own; the command ends us
live.endWithParent(process.ppid); // also while the handlers never yield, when no message is read
process.on("message", (message, socket) => {
  const told = message as Message;
  if (told.kind !== "order") inbox(told, socket as Socket | undefined);
  else serve(told.order).catch((error: unknown) => fail(told.order, error));
});

async function serve(order: ServeOrder): Promise<void> {
  tell({ kind: "starting" });
  watchForEscapes(order);
  const clock = installClock();
  clock.advance(order.ahead);
  startTicker(PULSE, () => tell({ kind: "alive", ahead: clock.ahead() }));
  const scenario = await loadScenario(order);
  redirectBareImports(order);
  const first = await firstHandlers(order, scenario);
  const copies = openCopies();
  let service: InstanceType<typeof Service> | null = null;
  const serving = serveService({
    ...order,
    boot: secret().slice(0, 8),
    open: (listener) => {
      service = new Service({ ...first, scenario, clock, databaseFile: order.databaseFile, ...copies, listener });
      return service;
    },
  });
  if (service === null) throw new Error("the service was not opened");
  receive({ order, scenario, service, serving, copies });
}

type Copies = ReturnType<typeof openCopies>;

interface Running {
  readonly order: ServeOrder;
  readonly scenario: Scenario;
  readonly service: InstanceType<typeof Service>;
  readonly serving: Serving;
  readonly copies: Copies;
}

function receive(running: Running): void {
  const { order, service, serving } = running;
  service.showVerdict(order.verdict);
  startTicker(FRAME, () => {
    service.tick();
    serving.flush();
  });
  inbox = (message, socket) => act(running, message, socket);
  tell({ kind: "ready" });
}

function act(running: Running, message: ToServing, socket: Socket | undefined): void {
  const { service, serving, copies } = running;
  switch (message.kind) {
    case "connection":
      if (socket !== undefined) serving.accept(socket);
      return;
    case "load":
      return attend(running, load(running, message));
    case "refuse":
      return service.refuse(message.fault);
    case "verdict":
      return service.showVerdict(message.verdict);
    case "copied":
    case "not-copied":
      return copies.answered(message);
    case "end":
      return attend(running, end(running));
    default:
      return message satisfies never;
  }
}

/** What goes wrong here is no request's: it ends the process, which says why. */
function attend({ order }: Running, work: Promise<void>): void {
  work.catch((error: unknown) => fail(order, error));
}

async function load({ order, scenario, service }: Running, version: HandlersVersion): Promise<void> {
  const loaded = await read(order, scenario, version);
  if (!loaded.ok) {
    service.refuse(loaded.fault);
    tell({ kind: "not-loaded", version: version.version, fault: loaded.fault });
    return;
  }
  tell({ kind: "loaded", version: version.version });
  await service.load({ ...version, handlers: loaded.handlers });
}

function read(order: ServeOrder, scenario: Scenario, { folder }: HandlersVersion): ReturnType<typeof importHandlers> {
  return importHandlers({
    folder,
    kit: order.kit,
    routes: scenario.routes,
    node: process.execPath,
    onLoading: (file) => tell({ kind: "loading", file }),
  });
}

interface First {
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly folder: string;
  readonly about: { readonly source: string; readonly version: number; readonly fault: HandlerFault | null };
}

/** Where none load, each route says so until some do. */
async function firstHandlers(order: ServeOrder, scenario: Scenario): Promise<First> {
  const { source, handlers: version } = order;
  if (version === null)
    return { ...noHandlers(scenario, order.home), about: { source, version: 0, fault: order.fault } };
  const about = { source, version: version.version, fault: order.fault };
  const loaded = await read(order, scenario, version);
  if (loaded.ok) {
    tell({ kind: "loaded", version: version.version });
    return { handlers: loaded.handlers, folder: version.folder, about };
  }
  tell({ kind: "not-loaded", version: version.version, fault: loaded.fault });
  return { ...noHandlers(scenario, order.home), about: { ...about, fault: loaded.fault } };
}

function noHandlers({ routes }: Scenario, folder: string): Pick<First, "handlers" | "folder"> {
  const unavailable: Handler = (c) => c.json({ error: "The handlers do not load" }, 503);
  return { handlers: new Map(routes.map(({ id }) => [id, unavailable])), folder };
}

/** The command makes the copies: this process does not know where the original is. */
function openCopies(): {
  copyDatabase(): Promise<string>;
  discard(file: string): Promise<void>;
  answered(message: Extract<ToServing, { kind: "copied" | "not-copied" }>): void;
} {
  const waiting: PromiseWithResolvers<string>[] = [];
  return {
    copyDatabase: () => {
      const copy = Promise.withResolvers<string>();
      waiting.push(copy);
      tell({ kind: "copy-wanted" });
      return copy.promise;
    },
    discard: async (file) => {
      for (const name of [file, `${file}-wal`, `${file}-shm`]) await rm(name, { force: true });
    },
    answered: (message) => {
      const copy = waiting.shift();
      if (message.kind === "copied") copy?.resolve(message.databaseFile);
      else copy?.reject(new WorkshopError({ code: "environment", message: message.message, hint: message.hint }));
    },
  };
}

async function end({ serving, service }: Running): Promise<void> {
  ending = true;
  await serving.drain();
  service.close();
  process.exitCode = 0;
  process.kill(process.pid, "SIGKILL"); // whatever timers the handlers left behind
}

/** What ends the process or goes wrong outside a request is told with the line that did it, before it ends. */
function watchForEscapes({ home }: ServeOrder): void {
  process.once("exit", (code) => {
    if (ending) return;
    const location = whereIn(home, new Error("exit")); // the caller of process.exit is still on the stack
    tell({ kind: "escaped", fault: { message: `The handlers ended the process (exit code ${code}).`, location } });
  });
  for (const event of ["uncaughtException", "unhandledRejection"] as const)
    process.on(event, (thrown: unknown) => escape(home, thrown));
}

function escape(home: string, thrown: unknown): void {
  if (ending) return;
  ending = true;
  const said = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  const fault = { message: `Thrown where nobody awaits it: ${said}`, location: whereIn(home, thrown) };
  last({ kind: "escaped", fault });
}

/** Whichever version it was. */
function whereIn(home: string, thrown: unknown): HandlerFault["location"] {
  const location = live.locate(thrown, home);
  return location === null ? null : { ...location, file: location.file.replace(/^[^/]+\/a\//u, "") };
}

function fail({ home }: ServeOrder, error: unknown): void {
  if (error instanceof WorkshopError) return last({ kind: "environment", message: error.message, hint: error.hint });
  if (!isInstallation(error) || live.locate(error, home) !== null) return escape(home, error);
  const { message, hint } = installationError(error);
  last({ kind: "environment", message, hint });
}

function tell(message: FromServing): void {
  process.send?.(message);
}

function last(message: FromServing): void {
  ending = true;
  process.send?.(message, undefined, undefined, () => process.kill(process.pid, "SIGKILL"));
}
