/**
 * Entry of the process that serves a scenario: handlers, database copy, cache and HTTP in one, so that no request goes
 * from process to process. Takes sockets that the command has accepted. Must not touch the workshop's own files.
 */
import { rmSync } from "node:fs";
import type { Socket } from "node:net";
import { live } from "../runner/index.ts";
import { loadScenario } from "../scenario/index.ts";
import { serveService, type Serving } from "../server/index.ts";
import { openOrderedCache } from "./cache-order.ts";
import { type Copies, openCopies } from "./serve-copies.ts";
import { firstHandlers, type Loading, loadVersion } from "./serve-handlers.ts";
import { openLifeline, watchForEscapes } from "./serve-lifeline.ts";
import type { HandlersVersion, ServeOrder, ToServing } from "./serve-message.ts";

const { Service, installClock, redirectBareImports, secret, startTicker } = live.serving;

/** Milliseconds. */
const PULSE = 500;
const FRAME = 100;

type Message = ToServing | { readonly kind: "order"; readonly order: ServeOrder };

const lifeline = openLifeline();
/** The throwaway folder, which the command removes if it can. */
let home: string | null = null;
let inbox: (message: ToServing, socket: Socket | undefined) => void = () => {};

process.once("disconnect", () => leave());
process.on("SIGINT", () => {}); // where there are no groups Ctrl-C reaches this process too, and the command ends it
live.endWithParent(process.ppid); // also while the handlers never yield, when no message is read
process.on("message", (message, socket) => {
  const told = message as Message;
  if (told.kind !== "order") inbox(told, socket as Socket | undefined);
  else serve(told.order).catch((error: unknown) => lifeline.fail(told.order.home, error));
});

/** The command is gone without a word, and nobody is left to serve or to tidy up. */
function leave(): void {
  if (home !== null) rmSync(home, { recursive: true, force: true });
  process.kill(process.pid, "SIGKILL");
}

async function serve(order: ServeOrder): Promise<void> {
  home = order.home;
  lifeline.tell({ kind: "starting" });
  watchForEscapes(lifeline, order.home);
  const clock = installClock();
  clock.advance(order.ahead);
  startTicker(PULSE, () => lifeline.tell({ kind: "alive", ahead: clock.ahead() }));
  const scenario = await loadScenario(order);
  redirectBareImports(order);
  const loading = { order, scenario, tell: lifeline.tell };
  const first = await firstHandlers(loading);
  const copies = openCopies(lifeline.tell);
  const cache = await openOrderedCache(order.cache);
  const { serving, service } = serveService({
    ...order,
    boot: secret().slice(0, 8),
    open: (listener) =>
      new Service({ ...first, scenario, clock, databaseFile: order.databaseFile, ...cache, ...copies, listener }),
  });
  service.showVerdict(order.verdict);
  startTicker(FRAME, () => {
    service.tick();
    serving.flush();
  });
  inbox = (message, socket) => act({ loading, service, serving, copies }, message, socket);
  lifeline.tell({ kind: "ready" });
}

interface Running {
  readonly loading: Loading;
  readonly service: InstanceType<typeof Service>;
  readonly serving: Serving;
  readonly copies: Copies;
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
function attend({ loading }: Running, work: Promise<void>): void {
  work.catch((error: unknown) => lifeline.fail(loading.order.home, error));
}

async function load({ loading, service }: Running, version: HandlersVersion): Promise<void> {
  const loaded = await loadVersion(loading, version);
  if (loaded.ok) await service.load({ ...version, handlers: loaded.handlers });
  else service.refuse(loaded.fault);
}

async function end({ serving, service }: Running): Promise<void> {
  await serving.drain();
  service.close();
  lifeline.end();
}
