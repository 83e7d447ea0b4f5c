/**
 * Handlers in this process: starts requests, collects what they ask for until nothing can go on by itself, and hands
 * replies back. Takes two service instances; decides nothing; knows no world.
 */
import type { Handler, Route } from "../vocabulary.ts";
import { type ActorContext, actorStorage, type Controls } from "./actor-context.ts";
import type { AtRest } from "./at-rest.ts";
import type {
  Activity,
  Answer,
  Call,
  Effect,
  Host,
  PendingEffect,
  PendingTimer,
  Reply,
  WorldOpening,
} from "./effect.ts";
import type { Locate } from "./handler-location.ts";
import type { Tables } from "./load-handlers.ts";
import { HostTimers, type ImportTimersOfBoth } from "./host-timers.ts";
import { emptyOutbox } from "./outbox.ts";
import { createBits } from "./seeded-random.ts";
import { createServiceInstance, noteError, type ServiceInstance, toHandlerError } from "./service-instance.ts";
import { never, type Stray, StrayWork } from "./stray-work.ts";
import { toAnswer } from "./to-answer.ts";
import type { VirtualGlobals } from "./virtual-globals.ts";

export class LocalHost implements Host {
  readonly #createInstance: (handlers: ReadonlyMap<string, Handler>) => ServiceInstance;
  #instances: readonly [ServiceInstance, ServiceInstance];
  readonly #globals: Pick<VirtualGlobals, "connect">;
  readonly #home: ActorContext["home"] & Controls;
  readonly #locate: Locate;
  readonly #atRest: AtRest;
  #opening: WorldOpening = { world: 0, seed: "", epoch: 0, trace: false, cacheThrows: false };
  #serial = 0;
  #now = 0;
  #nextId = 0;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #timers: HostTimers;
  #outbox = emptyOutbox();
  #resumed = 0;
  readonly #stray: StrayWork;

  constructor(options: {
    routes: readonly Route[];
    handlers: readonly [ReadonlyMap<string, Handler>, ReadonlyMap<string, Handler>];
    importTimers?: ImportTimersOfBoth;
    globals: Pick<VirtualGlobals, "connect">;
    locate: Locate;
    atRest: AtRest;
  }) {
    const { routes, handlers, locate, importTimers = [[], []] } = options;
    const common = { routes, locate, ask: (effect: Effect) => this.#ask(effect), tracing: () => this.#opening.trace };
    this.#createInstance = (table) => createServiceInstance({ ...common, handlers: table });
    this.#instances = [this.#createInstance(handlers[0]), this.#createInstance(handlers[1])];
    this.#locate = locate;
    this.#stray = new StrayWork(locate);
    this.#atRest = options.atRest;
    this.#globals = options.globals;
    this.#timers = new HostTimers(importTimers, {
      nextId: () => this.#nextId++,
      announce: (timer) => void this.#outbox.timers.push({ ...timer, due: this.#now + timer.delay }),
      cleared: (id) => void this.#outbox.clearedTimers.push(id),
      threw: (actor, error) => void this.#outbox.errors.push({ actor, error: toHandlerError(error, locate) }),
      strays: (origin) => this.#stray.begins(origin),
    });
    this.#home = {
      now: () => this.#opening.epoch + this.#now,
      elapsed: () => this.#now,
      bits: (context) => (context.bits ??= createBits(`${this.#opening.seed}/${String(context.actor)}`)),
      start: (timer) => this.#startTimer(timer),
      clear: (id) => this.#timers.clear(id),
      noteRejection: (error) => this.noteRejection(error),
    };
  }

  /** From the next world on. */
  serveWith({ handlers, importTimers }: Tables): void {
    this.#instances = [this.#createInstance(handlers[0]), this.#createInstance(handlers[1])];
    this.#timers.serveWith(importTimers);
  }

  open(opening: WorldOpening): void {
    this.#opening = opening;
    this.#globals.connect(this.#home);
    this.#serial += 1;
    this.#now = 0;
    this.#nextId = 0;
    this.#waiting.clear();
    this.#timers.forget();
    this.take();
    for (const { cache } of this.#instances) cache.throwOnErrors = opening.cacheThrows;
  }

  arrive(call: Call): void {
    this.#resumed = call.actor;
    const context: ActorContext = {
      actor: call.actor,
      home: this.#home,
      opening: this.#serial,
      bits: null,
      transaction: null,
      error: null,
      setLocations: new Map(),
    };
    this.#timers.arrive(call.instance, context);
    actorStorage.run(context, () => void this.#serve(call, context));
  }

  reply(effect: PendingEffect, reply: Reply): void {
    this.#resumed = effect.actor;
    const resume = this.#waiting.get(effect.id);
    this.#waiting.delete(effect.id);
    resume?.(reply);
  }

  fire(timer: PendingTimer): void {
    this.#timers.fire(timer.id);
  }

  /** Node would end the service here. The request that went on last is the one that let it happen. */
  noteRejection(error: unknown): void {
    const context = actorStorage.getStore();
    if (context !== undefined && context.opening !== this.#serial) return;
    const actor = context?.actor ?? this.#resumed;
    this.#outbox.errors.push({ actor, error: toHandlerError(error, this.#locate) });
  }

  /** Where something that belongs to no request has asked for the cache or the database; it was not answered. */
  get stray(): Stray | null {
    return this.#stray.first;
  }

  setClock(now: number): void {
    this.#now = now;
  }

  async rest(): Promise<Activity> {
    await this.#atRest("rest");
    return this.take();
  }

  async turn(): Promise<Activity> {
    await this.#atRest("turn");
    return this.take();
  }

  /** Node looks for unhandled rejections between two turns of its loop, and runs follow each other in one. */
  readonly afterwards = (): Promise<Activity> => this.turn();

  /** What was asked for, done and said since it was last taken. */
  take(): Activity {
    const taken = this.#outbox;
    this.#outbox = emptyOutbox();
    return taken;
  }

  async #serve(call: Call, context: ActorContext): Promise<void> {
    const { method, url, headers, body } = call;
    let answer: Omit<Answer, "actor" | "error">;
    try {
      const { app } = this.#instances[call.instance];
      answer = await toAnswer(await app.fetch(new Request(url, { method, headers, body })));
    } catch (error) {
      noteError(error, this.#locate);
      answer = { status: 500, contentType: null, text: "" };
    }
    if (context.opening === this.#serial)
      this.#outbox.answers.push({ actor: call.actor, ...answer, error: context.error });
  }

  #ask(effect: Effect): Promise<unknown> {
    const context = actorStorage.getStore();
    if (context === undefined) this.#stray.note();
    if (context === undefined || context.opening !== this.#serial) return never();
    const id = this.#nextId++;
    const location = this.#opening.trace ? this.#locationOf(effect, context) : null;
    this.#outbox.effects.push({ id, actor: context.actor, effect, location });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, (reply) => (reply.ok ? resolve(reply.value) : reject(new Error(reply.message))));
    });
  }

  #locationOf(effect: Effect, context: ActorContext): PendingEffect["location"] {
    const noted =
      effect.resource === "cache" && effect.operation === "set"
        ? context.setLocations.get(effect.key ?? "")
        : undefined;
    return noted ?? this.#locate(new Error("location").stack);
  }

  #startTimer(timer: { delay: number; repeats: boolean; run: () => void }): number | null {
    const context = actorStorage.getStore();
    if (context === undefined || context.opening !== this.#serial) return null;
    return this.#timers.start(timer, context);
  }
}
