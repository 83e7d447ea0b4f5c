/**
 * Keeps a scenario's service running: starts its process, hands it connections and new handlers, and starts it again
 * with the last handlers that loaded when it ends or no longer answers. Tells what happened; prints nothing.
 */
import type { Socket } from "node:net";
import { WorkshopError } from "../errors.ts";
import { live, startStopwatch } from "../runner/index.ts";
import type { HandlerFault, KeptVerdict } from "../vocabulary.ts";
import { failedStartError } from "./failed-start.ts";
import { answerWithCopy } from "./serve-copies.ts";
import { faultOf, SERVING_MEMORY } from "./serve-fault.ts";
import type { FromServing, HandlersVersion, ServeOrder, ToServing } from "./serve-message.ts";

export interface KeeperParts {
  /** Absolute path of the module that the process runs. */
  readonly entry: string;
  readonly host: live.ProcessHost;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly order: Omit<ServeOrder, "handlers" | "fault" | "ahead" | "verdict">;
  readonly first: HandlersVersion | null;
  readonly fault: HandlerFault | null;
  readonly copyDatabase: () => Promise<string>;
  /** Who takes connections from now on; null: nobody for the moment. */
  readonly handTo: (taker: ((socket: Socket) => void) | null) => void;
  readonly tell: (news: KeeperNews) => void;
  /** Milliseconds without a sign of life. */
  readonly silence: number;
}

export type KeeperNews =
  | { readonly kind: "ready"; readonly restarted: boolean }
  | { readonly kind: "loaded"; readonly version: number }
  | { readonly kind: "fault"; readonly fault: HandlerFault; readonly restarting: boolean }
  | { readonly kind: "printed"; readonly text: string };

export interface Keeper {
  load(version: HandlersVersion): void;
  /** They cannot even be read. */
  refuse(fault: HandlerFault): void;
  showVerdict(verdict: KeptVerdict | null): void;
  /** Resolves when nothing is left of it: at once, or when the requests under way are answered. */
  end(): Promise<void>;
  /** Rejects when the process cannot be started at all; resolves when it was ended. */
  readonly over: Promise<void>;
}

const LIMITS = { memory: SERVING_MEMORY, output: 100_000 };
/** Milliseconds that requests under way are given at the end. */
const DRAIN = 2000;
/** Milliseconds. Handlers with which the process ended sooner, so often in a row, are left out until others are saved. */
const SHORT_LIFE = 3000;
const MOST_SHORT_LIVES = 4;

export function keepServing(parts: KeeperParts): Keeper {
  const process = new ServedProcess(parts);
  return {
    load: (version) => process.load(version),
    refuse: (fault) => process.refuse(fault),
    showVerdict: (verdict) => process.showVerdict(verdict),
    end: () => process.end(),
    over: process.run(),
  };
}

class ServedProcess {
  readonly #parts: KeeperParts;
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
  #verdict: KeptVerdict | null = null;
  #ahead = 0;
  #shortLives = 0;
  #ending = false;
  #loading: string | null = null;
  #last: FromServing | null = null;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#good = parts.first;
    this.#fault = parts.fault;
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
    const state = { handlers: this.#good, fault: this.#fault, ahead: this.#ahead, verdict: this.#verdict };
    const lived = startStopwatch();
    let tell: live.Tell = () => {};
    this.#last = null;
    this.#loading = null;
    const end = await live.supervise<FromServing>({
      ...parts,
      order: { kind: "order", order: { ...parts.order, ...state } },
      limits: { ...LIMITS, silence: parts.silence },
      signal: this.#stop.signal,
      onStart: (given) => void (tell = given),
      onPrinted: (text) => parts.tell({ kind: "printed", text }),
      onMessage: (message) => this.#heard(message, { tell, restarted }),
    });
    this.#tell = null;
    parts.handTo(null);
    if (!this.#ending) this.#ended(end, lived());
  }

  #heard(message: FromServing, { tell, restarted }: { tell: live.Tell; restarted: boolean }): void {
    if (message.kind === "alive") {
      this.#ahead = message.ahead;
      return;
    }
    this.#last = message;
    if (message.kind === "loading") this.#loading = message.file;
    if (message.kind === "ready") this.#ready(tell, restarted);
    if (message.kind === "copy-wanted") answerWithCopy(this.#parts.copyDatabase, tell);
    if (message.kind === "loaded" || message.kind === "not-loaded") this.#tried(message);
  }

  #ready(tell: live.Tell, restarted: boolean): void {
    this.#tell = tell;
    this.#parts.handTo((socket) => tell({ kind: "connection" } satisfies ToServing, socket));
    this.#parts.tell({ kind: "ready", restarted });
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
