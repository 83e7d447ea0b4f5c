/**
 * A scenario's service while it is served: a world with its viewer and its crowd, orders to them, and what a page shows.
 * Takes loaded handlers and a database copy, gives answers and tells of steps; opens no port and starts no process.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { ControlOrder, HandlerFault, KeptVerdict, LiveState, Route } from "../../vocabulary.ts";
import { createCrowd } from "./crowd.ts";
import { createFigures } from "./figures.ts";
import type { Answer } from "./freshness.ts";
import type { LiveServiceOptions } from "./live-listener.ts";
import type { LiveStep } from "./live-step.ts";
import { startJobs } from "./jobs.ts";
import { type HandlersInUse, stateOf } from "./live-state.ts";
import { createRequestScope, type RequestScope } from "./request-scope.ts";
import { type LoadedFolder, openServedWorld, type RequestEnv, type ServedWorld } from "./served-world.ts";
import { createTally } from "./tally.ts";
import { createViewer } from "./viewer.ts";

/** Milliseconds that an order waits for one request: a service that hangs must not make the controls hang. */
const PATIENCE = 1500;

export class LiveService {
  readonly #options: LiveServiceOptions;
  readonly #scope: RequestScope = createRequestScope();
  readonly #viewer: ReturnType<typeof createViewer>;
  readonly #crowd: ReturnType<typeof createCrowd>;
  readonly #roles: ReadonlyMap<string, Route["role"]>;
  #tally = createTally();
  #served: ServedWorld;
  #databaseFile: string;
  #loaded: LoadedFolder;
  #handlers: HandlersInUse;
  #verdict: KeptVerdict | null = null;
  readonly #figures: ReturnType<typeof createFigures>;
  readonly #endJobs: () => void;

  /** Throws an environment error when the database cannot be opened. */
  constructor(options: LiveServiceOptions) {
    const { scenario, clock } = options;
    this.#options = options;
    this.#loaded = options;
    this.#databaseFile = options.databaseFile;
    this.#handlers = { ...options.about, loadedAt: clock.now() };
    this.#roles = new Map(scenario.routes.map(({ id, role }) => [id, role]));
    this.#viewer = createViewer({ scenario, now: clock.now, ask: (request, env) => this.#ask(request, env) });
    const ask = (request: Request): Promise<Answer> => this.#ask(request, {});
    this.#crowd = createCrowd({ scenario, patience: PATIENCE, ask, meanwhile: () => this.#viewer.look() });
    this.#served = this.#open();
    this.#figures = createFigures({
      ask: () => scenario.story.actual(this.#served.world.database.truth),
      shown: () => this.#viewer.seen?.shown ?? null,
      now: clock.now,
      tell: options.listener.point,
    });
    this.#endJobs = startJobs({ scenario, ask });
  }

  fetch(request: Request, env: RequestEnv): Response | Promise<Response> {
    return this.#served.fetch(request, env);
  }

  /** Resolves when it is carried out, or after a moment when the service hangs. */
  async order(order: ControlOrder): Promise<LiveState> {
    await this.#carryOut(order);
    if (order.kind !== "stream") await this.#look();
    return this.state();
  }

  /** Requests under way finish on the handlers with which they began. */
  async load(loaded: LoadedFolder & { readonly version: number }): Promise<void> {
    const { version, ...folder } = loaded;
    this.#loaded = folder;
    this.#served.load(folder);
    this.#handlers = { ...this.#handlers, version, loadedAt: this.#options.clock.now(), fault: null };
    await this.#look();
  }

  /** A newer version does not run; null: what runs is what was saved. */
  refuse(fault: HandlerFault | null): void {
    this.#handlers = { ...this.#handlers, fault };
  }

  showVerdict(verdict: KeptVerdict | null): void {
    this.#verdict = verdict;
  }

  state(): LiveState {
    const { scenario, clock } = this.#options;
    return stateOf({
      scenario,
      clock,
      served: this.#served,
      tally: this.#tally,
      seen: this.#viewer.seen,
      actual: this.#figures.actual(),
      crowd: this.#crowd,
      handlers: this.#handlers,
      verdict: this.#verdict,
    });
  }

  /** To be called several times a second: tells of a figure that has changed. */
  tick(): void {
    this.#figures.tick();
  }

  /** Does not wait for requests under way. */
  close(): void {
    this.#crowd.stream(0);
    this.#endJobs();
    this.#served.world.close();
  }

  #open(): ServedWorld {
    const { scenario, listener, cache } = this.#options;
    const tally = this.#tally;
    return openServedWorld({
      scenario,
      scope: this.#scope,
      ...this.#loaded,
      databaseFile: this.#databaseFile,
      ...(cache === undefined ? {} : { cache }),
      observe: (step) => this.#observe(step, tally),
      onCommit: () => this.#figures.committed(),
      onStaleAnswer: () => {
        tally.staleAnswer();
        listener.staleAnswer();
      },
      onArrival: (_, env, request) => this.#viewer.arrived(env, request),
    });
  }

  #observe(step: LiveStep, tally: ReturnType<typeof createTally>): void {
    const { listener, clock } = this.#options;
    tally.observe(step);
    this.#viewer.observe(step);
    listener.step(step);
    if (step.kind !== "answer") return;
    const { status, duration } = step;
    const route = this.#scope.current()?.route ?? null;
    const role = this.#roles.get(route ?? "");
    if (role !== undefined) tally.answered({ role, status, now: clock.now() });
    listener.answer({ route, status, duration });
  }

  async #carryOut(order: ControlOrder): Promise<void> {
    switch (order.kind) {
      case "look":
        return;
      case "write":
        return await this.#crowd.write(order.count);
      case "stream":
        return this.#crowd.stream(order.perSecond);
      case "clear-cache":
        return this.#served.world.cache.empty();
      case "advance":
        this.#options.clock.advance(order.minutes * 60_000);
        return await this.#served.world.cache.age(order.minutes * 60_000);
      case "outage":
        return this.#served.world.cache.outage.switch(order.fault);
      case "start-again":
        return await this.#startAgain();
      default:
        return order satisfies never;
    }
  }

  /** A fresh copy of the data and an empty cache; the handlers stay. */
  async #startAgain(): Promise<void> {
    const { clock, copyDatabase, discard, listener } = this.#options;
    const before = { served: this.#served, file: this.#databaseFile };
    this.#crowd.stream(0);
    before.served.world.cache.outage.switch(null);
    this.#databaseFile = await copyDatabase();
    clock.reset();
    this.#tally = createTally();
    this.#viewer.forget();
    this.#served = this.#open();
    this.#handlers = { ...this.#handlers, loadedAt: clock.now() };
    this.#figures.startAgain();
    listener.startAgain();
    before.served.retire(() => discard(before.file));
  }

  async #look(): Promise<void> {
    await Promise.race([this.#viewer.look(), pause(PATIENCE, undefined, { ref: false })]);
    this.tick();
  }

  async #ask(request: Request, env: RequestEnv): Promise<Answer> {
    const { tally, served } = { tally: this.#tally, served: this.#served };
    const response = await served.fetch(request, env);
    const answer = { status: response.status, text: await response.text() };
    if (env.notes?.reading?.answered(answer) !== true) return answer;
    tally.staleAnswer();
    this.#options.listener.staleAnswer();
    return answer;
  }
}
