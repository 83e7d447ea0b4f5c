/**
 * Where steps wait for their turn: knows what each actor could do next and what leaving the running one would cost.
 * Performs nothing and chooses nothing.
 */
import type { ChoicePoint } from "../vocabulary.ts";
import type { Activity, PendingEffect, PendingTimer } from "./effect.ts";
import { type Step, toOption } from "./gate-step.ts";

/**
 * Timers that a request may still start once it is answered. An interval that nobody clears would tick for ever, and
 * each tick could come at any time; what it does to database and cache, it has done with the first.
 */
const LATE_TIMERS = 1;

/**
 * Milliseconds that a step of a healthy cache may take. Whoever waits no longer than this does not wait for it:
 * `Promise.race([cache.delete(key), setTimeout(0)])` leaves the delete behind, as on any real machine.
 */
const CACHE_STEP = 10;

interface Waiting {
  /** Steps of one request on one resource keep their order: only the first of each queue is an option. */
  readonly cache: PendingEffect[];
  readonly database: PendingEffect[];
  readonly reads: boolean;
  state: "away" | "invited" | "running" | "answered" | "dead";
  /** Timers started since the answer. */
  lateTimers: number;
}

export interface GatePoint {
  readonly point: ChoicePoint;
  readonly steps: readonly Step[];
}

export class Gate {
  readonly #actors: Waiting[] = [];
  readonly #timers: PendingTimer[] = [];
  readonly #ready: (pending: PendingEffect) => boolean;
  readonly #mayArrive: (actor: number) => boolean;
  readonly #wholeReads: boolean;
  readonly #databaseStep: number;
  #current: number | null = null;

  /**
   * `ready`, `mayArrive`: whether an effect or an arrival could be performed now, or waits for somebody's transaction.
   * `databaseStep`: milliseconds that a step of a healthy database may take.
   */
  constructor(options: {
    ready: (pending: PendingEffect) => boolean;
    mayArrive: (actor: number) => boolean;
    wholeReads: boolean;
    databaseStep: number;
  }) {
    this.#ready = options.ready;
    this.#mayArrive = options.mayArrive;
    this.#wholeReads = options.wholeReads;
    this.#databaseStep = options.databaseStep;
  }

  add(actor: { reads: boolean }): void {
    this.#actors.push({ cache: [], database: [], reads: actor.reads, state: "away", lateTimers: 0 });
  }

  invite(actor: number): void {
    this.#of(actor).state = "invited";
  }

  absorb(activity: Activity): void {
    for (const pending of activity.effects) this.#of(pending.actor)[pending.effect.resource].push(pending);
    this.#timers.push(...activity.timers.filter((timer) => this.#mayStart(timer)));
    for (const id of activity.clearedTimers) this.#dropTimer(id);
  }

  answered(actor: number): void {
    this.#of(actor).state = "answered";
  }

  /** Nothing of the actor will ever happen any more. */
  end(actor: number): void {
    const waiting = this.#of(actor);
    waiting.state = "dead";
    waiting.cache.length = 0;
    waiting.database.length = 0;
    for (const timer of this.#timers.filter((each) => each.actor === actor)) this.#dropTimer(timer.id);
  }

  hasArrived(actor: number): boolean {
    const { state } = this.#of(actor);
    return state === "running" || state === "answered";
  }

  /** Nothing of the actor waits here: it goes on by itself, is blocked, or has done everything. */
  isIdle(actor: number): boolean {
    const { cache, database } = this.#of(actor);
    return cache.length === 0 && database.length === 0 && !this.#timers.some((timer) => timer.actor === actor);
  }

  /** The actor's next step at the cache is one that changes it. */
  changesCache(actor: number): boolean {
    const operation = this.#of(actor).cache[0]?.effect.operation;
    return operation === "set" || operation === "delete" || operation === "clear";
  }

  take(step: Step): void {
    this.#current = step.actor;
    const waiting = this.#of(step.actor);
    if (step.kind === "arrival") waiting.state = "running";
    if (step.kind === "effect") waiting[step.pending.effect.resource].shift();
    if (step.kind === "timer") this.#dropTimer(step.timer.id);
  }

  /** `timersBefore`: timers due later than this virtual time are not offered. */
  point(timersBefore: number): GatePoint | null {
    const timer = this.#firstTimer(timersBefore);
    const current = this.#current;
    const own = current === null ? [] : this.#steps(current, timer);
    const goesOn = current !== null && own.length > 0 && this.#of(current).state === "running";
    const alone = goesOn && this.#wholeReads && this.#of(current).reads;
    const steps = [...own];
    const others = alone ? 0 : this.#actors.length;
    for (let actor = 0; actor < others; actor += 1) {
      if (actor !== current) steps.push(...this.#steps(actor, timer));
    }
    if (steps.length === 0) return null;
    return {
      steps,
      point: { options: steps.map((step, index) => toOption(step, goesOn && index >= own.length ? 1 : 0)) },
    };
  }

  #steps(actor: number, timer: PendingTimer | null): Step[] {
    const { state, cache, database } = this.#of(actor);
    if (state === "away" || state === "dead") return [];
    if (state === "invited") return this.#mayArrive(actor) ? [{ kind: "arrival", actor }] : [];
    const steps: Step[] = [];
    for (const pending of inOrder(cache[0], database[0])) {
      if (this.#ready(pending)) steps.push({ kind: "effect", actor, pending });
    }
    if (timer?.actor === actor) steps.push({ kind: "timer", actor, timer, left: state === "answered" });
    return steps;
  }

  /**
   * Timers fire in the order in which they are due, and steps take no virtual time: a time limit cannot come due while
   * its own request has a step that could be performed. (Else a healthy cache would count as slower than any limit.)
   * What modules have started could fire at any time; offered there, it would make ten times as many schedules.
   */
  #firstTimer(before: number): PendingTimer | null {
    let first: PendingTimer | null = null;
    const quiet = this.#actors.every(({ state }) => state !== "running" && state !== "invited");
    for (const timer of this.#timers) {
      const isOffered = timer.due <= before && (timer.background === true ? quiet : !this.#isBusy(timer));
      if (isOffered && (first === null || timer.due < first.due)) first = timer;
    }
    return first;
  }

  #isBusy({ actor, delay }: PendingTimer): boolean {
    if (this.#of(actor).state !== "running") return false;
    const most = { cache: CACHE_STEP, database: this.#databaseStep };
    return this.#steps(actor, null).some(
      (step) => step.kind === "effect" && delay > most[step.pending.effect.resource],
    );
  }

  #mayStart({ actor }: PendingTimer): boolean {
    const waiting = this.#of(actor);
    if (waiting.state === "dead") return false;
    if (waiting.state !== "answered") return true;
    waiting.lateTimers += 1;
    return waiting.lateTimers <= LATE_TIMERS;
  }

  #dropTimer(id: number): void {
    const index = this.#timers.findIndex((timer) => timer.id === id);
    if (index >= 0) this.#timers.splice(index, 1);
  }

  #of(actor: number): Waiting {
    const waiting = this.#actors[actor];
    if (waiting === undefined) throw new RangeError(`no actor ${String(actor)}`);
    return waiting;
  }
}

function inOrder(one: PendingEffect | undefined, other: PendingEffect | undefined): readonly PendingEffect[] {
  if (one === undefined) return other === undefined ? [] : [other];
  if (other === undefined) return [one];
  return one.id < other.id ? [one, other] : [other, one];
}
