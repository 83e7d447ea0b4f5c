/**
 * Entry of the process that serves a scenario: handlers, database copy, cache and HTTP in one, so that no request goes
 * from process to process. Takes sockets that the command has accepted. Must not touch the workshop's own files.
 */
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { live } from "../runner/index.ts";
import { loadScenario } from "../scenario/index.ts";
import { serveService, type Serving } from "../server/index.ts";
import { openOrderedCache } from "./cache-order.ts";
import { type Copies, openCopies } from "./serve-copies.ts";
import { firstHandlers, type Loading, loadVersion } from "./serve-handlers.ts";
import { openLifeline, watchForEscapes } from "./serve-lifeline.ts";
import { openPeers, type Peers } from "./serve-peers.ts";
import type { HandlersVersion, ServeOrder, ToServing } from "./serve-message.ts";

const { Service, connectTo, installClock, redirectBareImports, secret, startTicker } = live.serving;

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
  clock.advance(order.world.ahead);
  startTicker(PULSE, () => lifeline.tell({ kind: "alive" }));
  const scenario = await loadScenario(order);
  redirectBareImports(order);
  const loading = { order, scenario, tell: lifeline.tell };
  const first = await firstHandlers(loading);
  const copies = openCopies(lifeline.tell);
  const cache = await openOrderedCache(order.cache, { ...order, world: order.world.number });
  const peers = openPeers(lifeline.tell, secret);
  const { databaseFile, outage } = order.world;
  const leads = order.worker === 0;
  const among = { count: order.workers, leads, outage, tellOthers: peers.tellOthers };
  const options = { ...first, scenario, clock, databaseFile, among, ...cache, ...copies };
  const { serving, service } = serveService({
    ...order,
    ...(leads ? {} : { first: () => connectTo(meetingPlace(order.home)) }),
    boot: secret().slice(0, 8),
    open: (listener) => new Service({ ...options, listener: leads ? listener : peers.listener }),
  });
  service.showVerdict(order.verdict);
  await service.cacheReady; // not for long where one process serves: it begins without its cache as well
  if (leads && order.workers > 1) await acceptFromOthers(order.home, serving);
  startTicker(FRAME, () => {
    if (leads) service.tick();
    serving.flush();
    peers.flush();
  });
  inbox = (message, socket) => act({ loading, service, serving, copies, peers }, message, socket);
  lifeline.tell({ kind: "ready" });
}

/** Where the others ask the one that leads. Windows has named pipes for it. */
function meetingPlace(folder: string): string {
  return process.platform === "win32" ? join("\\\\.\\pipe", folder, "first") : join(folder, "first");
}

async function acceptFromOthers(folder: string, serving: Serving): Promise<void> {
  const path = meetingPlace(folder);
  rmSync(path, { force: true }); // left behind by a process that was killed
  const server = createServer({ pauseOnConnect: true }, serving.accept).listen(path);
  await once(server, "listening");
}

interface Running {
  readonly loading: Loading;
  readonly service: InstanceType<typeof Service>;
  readonly serving: Serving;
  readonly copies: Copies;
  readonly peers: Peers;
}

function act(running: Running, message: ToServing, socket: Socket | undefined): void {
  const { service, serving, copies, peers } = running;
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
    case "follow":
      return follow(running, message);
    case "others-followed":
      return peers.othersFollowed(message.id);
    case "others-did":
      return message.heard.forEach((heard) => service.others.hear(message.worker, heard));
    case "other-gone":
      return service.others.gone(message.worker);
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

function follow({ service, peers }: Running, { id, order }: Extract<ToServing, { kind: "follow" }>): void {
  service.follow(order);
  peers.flush(); // what was done before the order is told of before it counts as followed
  lifeline.tell({ kind: "followed", id });
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
