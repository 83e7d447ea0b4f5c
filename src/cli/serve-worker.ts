/**
 * One of the processes that serve a scenario: started, given connections and new handlers, and started again with the
 * last handlers that loaded when it ends or no longer answers. Tells what happened; prints nothing.
 */
import { WorkshopError } from "../errors.ts";
import { live, startStopwatch } from "../runner/index.ts";
import type { HandlerFault, KeptVerdict } from "../vocabulary.ts";
import { failedStartError } from "./failed-start.ts";
import { answerWithCopy } from "./serve-copies.ts";
import { faultOf, SERVING_MEMORY } from "./serve-fault.ts";
import type { KeeperParts } from "./serve-news.ts";
import type { FromServing, HandlersVersion, ServeOrder, ToServing, WorldOrder } from "./serve-message.ts";

export interface WorkerParts extends KeeperParts {
  /** Which of them, from 0: the first leads. */
  readonly index: number;
  /** What a process that starts now begins with. */
  readonly world: () => WorldOrder;
  /** What concerns the others. */
  readonly heard: (message: Extract<FromServing, { kind: "did" | "for-others" }>) => void;
  /** A process of it has ended. */
  readonly gone: () => void;
}

const LIMITS = { memory: SERVING_MEMORY, output: 100_000 };
/** Milliseconds that requests under way are given at the end. */
const DRAIN = 2000;
/** Milliseconds. Handlers with which the process ended sooner, so often in a row, are left out until others are saved. */
const SHORT_LIFE = 10_000;
const MOST_SHORT_LIVES = 4;

export class ServeWorker {
  readonly #parts: WorkerParts;
  readonly #stop = new AbortController();
  readonly #gone = Promise.withResolvers<void>();
  /** Null while no process is ready. */
  #tell: live.Tell | null = null;
  /** The last handlers that loaded, or the first. */
  #good: HandlersVersion | null;
  /** To be loaded as soon as a process is ready, and those that it was told to load. */
  #pending: HandlersVersion | null = null;
  #trying: HandlersVersion | null = null;
  #fault: HandlerFault | null;
  #verdict: KeptVerdict | null;
  #shortLives = 0;
  #ending = false;
  #loading: string | null = null;
  #last: FromServing | null = null;
  /** Of what it was told to follow: not answered yet, and not told yet because it was starting. */
  readonly #unanswered = new Map<number, () => void>();
  #untold: live.SharedOrder[] = [];
  #orders = 0;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#good = parts.first;
    this.#fault = parts.fault;
    this.#verdict = parts.verdict;
  }

  async run(): Promise<void> {
    try {
      for (let starts = 0; !this.#ending; starts += 1) await this.#runOnce(starts > 0);
    } finally {
      this.#gone.resolve();
    }
  }

  load(version: HandlersVersion): void {
    this.#pending = version;
    this.#sendPending();
  }

  refuse(fault: HandlerFault): void {
    this.#fault = fault;
    this.#tell?.({ kind: "refuse", fault } satisfies ToServing);
    this.#parts.tell({ kind: "fault", fault, restarting: false });
  }

  showVerdict(verdict: KeptVerdict | null): void {
    this.#verdict = verdict;
    this.#tell?.({ kind: "verdict", verdict } satisfies ToServing);
  }

  /** Lost on a process that is not ready. */
  send(message: ToServing): void {
    this.#tell?.(message);
  }

  /** Resolves when it has, or is gone; one that is starting does so before it serves. */
  async follow(order: live.SharedOrder): Promise<void> {
    if (this.#tell === null) return void this.#untold.push(order);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#orders += 1;
    this.#unanswered.set(this.#orders, resolve);
    this.send({ kind: "follow", id: this.#orders, order });
    await promise;
  }

  async end(): Promise<void> {
    this.#ending = true;
    if (this.#tell === null) this.#stop.abort();
    this.#tell?.({ kind: "end" } satisfies ToServing);
    const late = live.serving.startTicker(DRAIN, () => this.#stop.abort());
    await this.#gone.promise;
    late();
  }

  async #runOnce(restarted: boolean): Promise<void> {
    const parts = this.#parts;
    const { index: worker, workers } = parts;
    const state = { handlers: this.#good, fault: this.#fault, verdict: this.#verdict, world: parts.world() };
    this.#untold = [];
    const lived = startStopwatch();
    let tell: live.Tell = () => {};
    this.#last = null;
    this.#loading = null;
    const end = await live.supervise<FromServing>({
      ...parts,
      order: { kind: "order", order: { ...parts.order, ...state, worker, workers, restarted } satisfies ServeOrder },
      limits: { ...LIMITS, silence: parts.silence },
      signal: this.#stop.signal,
      onStart: (given) => void (tell = given),
      onPrinted: (text) => parts.tell({ kind: "printed", text }),
      onMessage: (message) => this.#heard(message, { tell, restarted }),
    });
    this.#tell = null;
    parts.handTo(null);
    for (const resolve of this.#unanswered.values()) resolve();
    this.#unanswered.clear();
    parts.gone();
    if (!this.#ending) this.#ended(end, lived());
  }

  #heard(message: FromServing, { tell, restarted }: { tell: live.Tell; restarted: boolean }): void {
    if (message.kind === "alive") return;
    if (message.kind === "did" || message.kind === "for-others") return this.#parts.heard(message);
    if (message.kind === "followed") return this.#followed(message.id);
    this.#last = message;
    if (message.kind === "loading") this.#loading = message.file;
    if (message.kind === "ready") this.#ready(tell, restarted);
    if (message.kind === "copy-wanted") answerWithCopy(this.#parts.copyDatabase, tell);
    if (message.kind === "loaded" || message.kind === "not-loaded") this.#tried(message);
  }

  #followed(id: number): void {
    this.#unanswered.get(id)?.();
    this.#unanswered.delete(id);
  }

  /** What became known while it started is not in its order. */
  #ready(tell: live.Tell, restarted: boolean): void {
    this.#tell = tell;
    this.send({ kind: "verdict", verdict: this.#verdict });
    if (this.#fault !== null) this.send({ kind: "refuse", fault: this.#fault });
    for (const order of this.#untold.splice(0)) this.send({ kind: "follow", id: 0, order });
    this.#parts.handTo((socket) => tell({ kind: "connection" } satisfies ToServing, socket));
    this.#parts.tell({ kind: "ready", restarted, worker: this.#parts.index });
    this.#sendPending();
  }

  #sendPending(): void {
    if (this.#tell === null || this.#pending === null) return;
    this.#trying = this.#pending;
    this.#pending = null;
    this.#tell({ kind: "load", ...this.#trying } satisfies ToServing);
  }

  #tried(message: Extract<FromServing, { kind: "loaded" | "not-loaded" }>): void {
    this.#loading = null;
    if (message.kind === "not-loaded") {
      this.#fault = message.fault;
      this.#parts.tell({ kind: "fault", fault: message.fault, restarting: false });
    } else if (message.version === this.#trying?.version) {
      this.#good = this.#trying;
      this.#shortLives = 0;
      this.#fault = null;
      this.#parts.tell({ kind: "loaded", version: message.version });
    }
    this.#trying = null;
  }

  /** Throws when it is not the handlers' doing, or will be no better next time. */
  #ended(end: live.ChildEnd, lived: number): void {
    const last = this.#last;
    if (last?.kind === "environment") throw new WorkshopError({ ...last, code: "environment" });
    if (last === null) throw failedStartError({ reason: "exited", code: end.code, signal: null, stderr: end.printed });
    this.#trying = null;
    this.#fault = last.kind === "escaped" ? last.fault : faultOf(end, this.#loading);
    this.#shortLives = lived < SHORT_LIFE ? this.#shortLives + 1 : 0;
    if (this.#shortLives >= MOST_SHORT_LIVES) this.#good = null;
    this.#parts.tell({ kind: "fault", fault: this.#fault, restarting: true });
  }
}
