/**
 * The timers of one world at a time, from the side of the handlers: who started them and what they do. When they fire is
 * decided by whoever plays the world; he hears of them through `announce` and `cleared`.
 */
import { type ActorContext, actorStorage } from "./actor-context.ts";
import type { PendingTimer } from "./effect.ts";
import type { ImportTimer } from "./import-timers.ts";

interface StartedTimer {
  readonly actor: number;
  /** null: a module has started it. */
  readonly context: ActorContext | null;
  /** The stack then, if a module has started it. */
  readonly origin?: string | undefined;
  readonly run: () => void;
  readonly every: number | null;
}

/** One list per instance. */
export type ImportTimersOfBoth = readonly [readonly ImportTimer[], readonly ImportTimer[]];

export interface TimerListener {
  nextId(): number;
  announce(timer: Omit<PendingTimer, "due">): void;
  cleared(id: number): void;
  threw(actor: number, error: unknown): void;
  /** One fires that a module has started: `origin` is the stack of that moment. */
  strays(origin: string | undefined): void;
}

export class HostTimers {
  #imported: ImportTimersOfBoth;
  readonly #listener: TimerListener;
  readonly #started = new Map<number, StartedTimer>();
  /** From the number that modules know to that of this world. */
  readonly #ofImport = new Map<number, number>();
  readonly #awake = new Set<0 | 1>();

  constructor(imported: ImportTimersOfBoth, listener: TimerListener) {
    this.#imported = imported;
    this.#listener = listener;
  }

  serveWith(imported: ImportTimersOfBoth): void {
    this.#imported = imported;
  }

  /** Another world begins. */
  forget(): void {
    this.#started.clear();
    this.#ofImport.clear();
    this.#awake.clear();
  }

  /** The first request of an instance carries what its modules have started. Once in a world each: intervals, too. */
  arrive(instance: 0 | 1, context: ActorContext): void {
    if (this.#awake.has(instance)) return;
    this.#awake.add(instance);
    for (const { id, delay, run, origin } of this.#imported[instance]) {
      const timer = { actor: context.actor, context: null, run, every: null, origin };
      this.#ofImport.set(id, this.#begin(timer, { delay, background: true }));
    }
  }

  start({ run, delay, repeats }: Omit<ImportTimer, "id" | "origin">, context: ActorContext): number {
    return this.#begin({ actor: context.actor, context, run, every: repeats ? delay : null }, { delay });
  }

  #begin(timer: StartedTimer, about: Pick<PendingTimer, "delay" | "background">): number {
    const id = this.#listener.nextId();
    this.#started.set(id, timer);
    this.#listener.announce({ id, actor: timer.actor, ...about });
    return id;
  }

  /** Does nothing when it was cleared meanwhile. One that repeats is announced again. */
  fire(id: number): void {
    const timer = this.#started.get(id);
    if (timer === undefined) return;
    if (timer.every === null) this.#started.delete(id);
    else this.#listener.announce({ id, actor: timer.actor, delay: timer.every });
    if (timer.context !== null) return actorStorage.run(timer.context, () => this.#run(timer));
    this.#listener.strays(timer.origin);
    actorStorage.exit(() => this.#run(timer));
  }

  #run({ run, actor }: StartedTimer): void {
    try {
      run();
    } catch (error) {
      this.#listener.threw(actor, error);
    }
  }

  clear(id: number): void {
    const known = this.#ofImport.get(id) ?? id;
    if (this.#started.delete(known)) this.#listener.cleared(known);
  }
}
