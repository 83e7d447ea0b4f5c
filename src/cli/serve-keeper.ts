/**
 * Keeps a scenario's service running, in as many processes as were asked for: they take connections in turn, and what
 * one of them does or is told is passed on to those whom it concerns. Tells what happened; prints nothing.
 */
import type { Socket } from "node:net";
import type { live } from "../runner/index.ts";
import type { HandlerFault, KeptVerdict } from "../vocabulary.ts";
import type { FromServing, HandlersVersion, WorldOrder } from "./serve-message.ts";
import type { KeeperNews, KeeperParts } from "./serve-news.ts";
import { ServeWorker } from "./serve-worker.ts";

export interface Keeper {
  load(version: HandlersVersion): void;
  /** They cannot even be read. */
  refuse(fault: HandlerFault): void;
  showVerdict(verdict: KeptVerdict | null): void;
  /** Resolves when nothing is left of it: at once, or when the requests under way are answered. */
  end(): Promise<void>;
  /** Rejects when a process cannot be started at all; resolves when all were ended. */
  readonly over: Promise<void>;
}

export function keepServing(parts: KeeperParts): Keeper {
  const { workers, over } = startWorkers(parts);
  return {
    load: (version) => workers.forEach((worker) => worker.load(version)),
    refuse: (fault) => workers.forEach((worker) => worker.refuse(fault)),
    showVerdict: (verdict) => workers.forEach((worker) => worker.showVerdict(verdict)),
    end: async () => {
      await Promise.all(workers.map((worker) => worker.end()));
    },
    over,
  };
}

function startWorkers(parts: KeeperParts): { workers: readonly ServeWorker[]; over: Promise<void> } {
  let world: WorldOrder = { databaseFile: parts.databaseFile, number: 1, ahead: 0, outage: null };
  const turns = takeTurns(parts);
  const begun = new Set<number>();
  const tell = (index: number, news: KeeperNews): void => {
    if (news.kind === "ready" && !begun.has(index)) {
      begun.add(index);
      if (begun.size === parts.workers) parts.tell({ ...news, restarted: false });
    } else if (index === 0 || news.kind === "ready" || news.kind === "printed" || isRestart(news)) parts.tell(news);
  };
  const pass = async ({ id, order }: Extract<FromServing, { kind: "for-others" }>): Promise<void> => {
    world = after(world, order);
    await Promise.all(others.map((worker) => worker.follow(order)));
    first.send({ kind: "others-followed", id });
  };
  const worker = (index: number): ServeWorker =>
    new ServeWorker({
      ...parts,
      index,
      world: () => world,
      handTo: (taker) => turns.set(index, taker),
      tell: (news) => tell(index, news),
      heard: (message) => {
        if (message.kind === "did") first.send({ kind: "others-did", worker: index, heard: message.heard });
        else pass(message).catch(failed.reject);
      },
      gone: () => {
        if (index > 0) first.send({ kind: "other-gone", worker: index });
      },
    });
  const failed = Promise.withResolvers<never>();
  const first = worker(0);
  const others = Array.from({ length: parts.workers - 1 }, (_, n) => worker(n + 1));
  const workers = [first, ...others];
  const all = Promise.all(workers.map((each) => each.run())).then(() => undefined);
  return { workers, over: Promise.race([all, failed.promise]) };
}

/** The others go on meanwhile; what handlers of theirs cannot be loaded is told by the first already. */
function isRestart(news: KeeperNews): boolean {
  return news.kind === "fault" && news.restarting;
}

function after(world: WorldOrder, order: live.SharedOrder): WorldOrder {
  if (order.kind === "advance") return { ...world, ahead: world.ahead + order.milliseconds };
  if (order.kind === "outage") return { ...world, outage: order.fault };
  return { databaseFile: order.databaseFile, number: world.number + 1, ahead: 0, outage: null };
}

type Taker = (socket: Socket) => void;

/** Nobody gets a connection before all have begun; later those that are ready do, one after the other. */
function takeTurns({ workers, handTo }: Pick<KeeperParts, "workers" | "handTo">): {
  set(index: number, taker: Taker | null): void;
} {
  const takers = new Map<number, Taker>();
  let begun = false;
  let turn = 0;
  const next: Taker = (socket) => {
    const ready = [...takers.values()];
    turn += 1;
    ready[turn % ready.length]?.(socket);
  };
  return {
    set: (index, taker) => {
      if (taker === null) takers.delete(index);
      else takers.set(index, taker);
      begun ||= takers.size === workers;
      handTo(begun && takers.size > 0 ? next : null);
    },
  };
}
