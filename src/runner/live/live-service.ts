/**
 * A scenario's service while it is served: a world with its viewer and its crowd, orders to them, and what a page shows.
 * Takes loaded handlers and a database copy, gives answers and tells of steps; opens no port and starts no process.
 */
import type { ControlOrder, HandlerFault, KeptVerdict, LiveState } from "../../vocabulary.ts";
import { carryOut } from "./carry-out.ts";
import { createCrowd } from "./crowd.ts";
import { createFigures } from "./figures.ts";
import type { JudgedAnswer } from "./freshness.ts";
import type { LiveServiceOptions, SharedOrder } from "./live-listener.ts";
import { startJobs } from "./jobs.ts";
import { createLooks, type Looks } from "./looks.ts";
import { type HandlersInUse, stateOf } from "./live-state.ts";
import { createOtherProcesses, type OtherProcesses } from "./other-processes.ts";
import { patiently } from "./patiently.ts";
import { createRequestScope, type RequestScope } from "./request-scope.ts";
import { type LoadedFolder, openServedWorld, type RequestEnv, type ServedWorld } from "./served-world.ts";
import { createTally, type Tally } from "./tally.ts";
import { createStepTelling, type TellStep } from "./tell-step.ts";
import { createViewer } from "./viewer.ts";

/** Milliseconds that an order waits for one request: a service that hangs must not make the controls hang. */
const PATIENCE = 1500;

export class LiveService {
  readonly #options: LiveServiceOptions;
  readonly #scope: RequestScope = createRequestScope();
  readonly #viewer: ReturnType<typeof createViewer>;
  readonly #looks: Looks;
  readonly visited: Looks["visited"];
  readonly #crowd: ReturnType<typeof createCrowd>;
  readonly #tellStep: TellStep;
  #tally = createTally();
  #served: ServedWorld;
  #databaseFile: string;
  #loaded: LoadedFolder;
  #handlers: HandlersInUse;
  #verdict: KeptVerdict | null = null;
  #outage: LiveServiceOptions["among"]["outage"];
  readonly #figures: ReturnType<typeof createFigures>;
  readonly #endJobs: () => void;
  readonly cacheReady: Promise<void>;
  /** For the process that leads. */
  readonly others: OtherProcesses;

  /** Throws an environment error when the database cannot be opened. */
  constructor(options: LiveServiceOptions) {
    const { scenario, clock, listener, among } = options;
    this.#options = options;
    this.#loaded = options;
    this.#databaseFile = options.databaseFile;
    this.#handlers = { ...options.about, loadedAt: clock.now() };
    this.#viewer = createViewer({ scenario, now: clock.now, ask: (request, env) => this.#ask(request, env) });
    this.#looks = createLooks({ viewer: this.#viewer, patience: PATIENCE, afterwards: () => this.tick() });
    this.visited = this.#looks.visited;
    this.#tellStep = createStepTelling({ ...scenario, viewer: this.#viewer, listener, now: clock.now });
    this.others = createOtherProcesses({
      reserve: this.#scope.reserve,
      tally: () => this.#tally,
      tell: this.#tellStep,
      staleAnswer: () => this.#staleAnswer(this.#tally),
    });
    const ask = (request: Request): Promise<JudgedAnswer> => this.#ask(request, {});
    this.#crowd = createCrowd({ scenario, patience: PATIENCE, ask, meanwhile: () => this.#viewer.look() });
    this.#outage = among.outage;
    this.#served = this.#open();
    this.cacheReady = patiently(this.#served.world.cache.opened, among.count > 1 ? Infinity : PATIENCE);
    this.#figures = createFigures({
      ask: () => scenario.story.actual(this.#served.world.database.truth),
      figures: () => this.state().figures,
      now: clock.now,
      tell: listener.point,
    });
    this.#endJobs = among.leads ? startJobs({ scenario, ask }) : () => {};
  }

  fetch(request: Request, env: RequestEnv): Response | Promise<Response> {
    return this.#served.fetch(request, env);
  }

  /** Resolves when it is carried out, or after a moment when the service hangs. */
  async order(order: ControlOrder): Promise<LiveState> {
    await carryOut(order, {
      crowd: this.#crowd,
      cache: this.#served.world.cache,
      everywhere: (shared) => this.#everywhere(shared),
      copyDatabase: this.#options.copyDatabase,
    });
    if (order.kind !== "stream") await this.#looks.now();
    return this.state();
  }

  /** What has to happen here too, told by the process that was asked for it. */
  follow(order: SharedOrder): void {
    if (order.kind === "start-again") return this.#startAgain(order.databaseFile);
    if (order.kind === "advance") return this.#options.clock.advance(order.milliseconds);
    this.#outage = order.fault;
    this.#served.world.cache.outage.switch(order.fault);
  }

  /** Requests under way finish on the handlers with which they began. */
  async load(loaded: LoadedFolder & { readonly version: number }): Promise<void> {
    this.#loaded = loaded;
    this.#served.load(loaded);
    this.#handlers = { ...this.#handlers, version: loaded.version, loadedAt: this.#options.clock.now(), fault: null };
    if (this.#options.among.leads) await this.#looks.now();
  }

  /** A newer version does not run; null: what runs is what was saved. */
  refuse(fault: HandlerFault | null): void {
    this.#handlers = { ...this.#handlers, fault };
  }

  showVerdict(verdict: KeptVerdict | null): void {
    this.#verdict = verdict;
  }

  state(): LiveState {
    return stateOf({
      ...this.#options,
      served: this.#served,
      tally: this.#tally,
      viewer: this.#viewer,
      actual: this.#figures.actual(),
      crowd: this.#crowd,
      handlers: this.#handlers,
      verdict: this.#verdict,
    });
  }

  /** To be called several times a second. */
  tick(): void {
    if (this.#options.among.count > 1) this.#figures.committed(); // perhaps, elsewhere
    this.#figures.tick();
  }

  /** Does not wait for requests under way. */
  close(): void {
    this.#crowd.stream(0);
    this.#endJobs();
    this.#served.world.close();
  }

  #open(): ServedWorld {
    const [{ scenario, cache, among }, tally] = [this.#options, this.#tally];
    return openServedWorld({
      scenario,
      shared: among.count > 1,
      outage: this.#outage,
      totals: () => tally.totals,
      scope: this.#scope,
      ...this.#loaded,
      databaseFile: this.#databaseFile,
      ...(cache === undefined ? {} : { cache }),
      observe: (step) =>
        this.#tellStep(step, tally, step.kind === "answer" ? (this.#scope.current()?.route ?? null) : null),
      onCommit: () => this.#figures.committed(),
      onStaleAnswer: () => this.#staleAnswer(tally),
      onArrival: (_, env, request) => this.#viewer.arrived(env, request),
    });
  }

  #staleAnswer(tally: Tally): void {
    tally.staleAnswer();
    this.#options.listener.staleAnswer();
  }

  /** Who hangs is not waited for: it follows before anything else once it goes on. */
  async #everywhere(order: SharedOrder): Promise<void> {
    await patiently(this.#options.among.tellOthers(order), PATIENCE);
    this.follow(order);
  }

  /** A fresh copy of the data and an empty cache; the handlers stay. */
  #startAgain(databaseFile: string): void {
    const { clock, discard, listener } = this.#options;
    const before = { served: this.#served, file: this.#databaseFile };
    this.#crowd.stream(0);
    before.served.world.cache.outage.switch(null);
    this.#outage = null;
    this.#databaseFile = databaseFile;
    clock.reset();
    this.#tally = createTally();
    this.#viewer.forget();
    this.#served = this.#open();
    this.#handlers = { ...this.#handlers, loadedAt: clock.now() };
    this.#figures.startAgain();
    listener.startAgain();
    before.served.retire(() => discard(before.file));
  }

  async #ask(request: Request, env: RequestEnv): Promise<JudgedAnswer> {
    const tally = this.#tally;
    const response = await this.#served.fetch(request, env);
    const answer = { status: response.status, text: await response.text() };
    const stale = env.notes?.reading?.answered(answer) ?? null;
    if (stale === true) this.#staleAnswer(tally);
    return { ...answer, stale };
  }
}
