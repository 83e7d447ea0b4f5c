/**
 * Plays one plan in one world: offers what can happen next, performs what the chooser picks, until nothing is left.
 * The effect of a step happens when it is chosen; going on from there is local to the handler. Judges nothing.
 */
import type { Chooser, ChoicePoint, History, Outcome, RequestSpec } from "../vocabulary.ts";
import { Gate, type GatePoint } from "./gate.ts";
import type { Step } from "./gate-step.ts";
import { startStopwatch } from "./stopwatch.ts";
import { isNothing } from "./outbox.ts";
import { Performer, type Stage } from "./performer.ts";
import { Recorder } from "./recorder.ts";

/** Events of a run after which nothing is believed to end, and further ones for each request. */
const STEP_LIMIT = 2_000;
const STEPS_EACH = 50;
const PHASE_PAUSE = 1_000;
/** Real milliseconds that a request may take for something outside the workshop's control. */
const PATIENCE = 1_000;
/** Once somebody has waited in vain that long in this process, the others need not. */
const LITTLE_PATIENCE = 100;
/** Real milliseconds that what goes on outside takes at most where it decides who is first; and turns of the loop. */
const OUTSIDE = 10;
const OUTSIDE_TURNS = 3;
const FIRST: Chooser = { choose: () => 0 };

/** Else an interval that somebody left behind would tick for ever, and the read would never arrive. */
function preferring(wanted: number): Chooser {
  const position = (options: ChoicePoint["options"]): number => options.findIndex(({ actor }) => actor === wanted);
  return { choose: ({ options }) => Math.max(0, position(options)) };
}

export interface PlayOptions extends Stage {
  /** Virtual milliseconds since 1970 at which the run begins. */
  readonly began: number;
  readonly chooser: Chooser;
  readonly truth: (spec: RequestSpec) => Outcome;
  readonly bookkeeping: readonly string[];
  readonly longestStaleness: number | null;
  /** Whether a request of an earlier run of this process waited in vain for something outside. */
  readonly disappointed: { once: boolean };
}

export class Play {
  readonly #o: PlayOptions;
  readonly #gate: Gate;
  readonly #recorder: Recorder;
  readonly #performer: Performer;
  readonly #points: ChoicePoint[] = [];
  readonly #schedule: number[] = [];
  readonly #idle: number[] = [];
  #switches = 0;
  #end: History["end"] = { kind: "complete" };

  constructor(options: PlayOptions) {
    this.#o = options;
    const { plan, database, players } = options;
    this.#gate = new Gate({
      ready: ({ actor, effect }) => effect.resource === "cache" || database.ready(actor, effect),
      mayArrive: (actor) => players[actor]?.external === null || !database.isLocked,
      wholeReads: plan.wholeReads ?? false,
      databaseStep: options.databaseDelay.costly,
    });
    for (const { role } of players) this.#gate.add({ reads: role === "read" });
    this.#recorder = new Recorder(players, options.truth);
    this.#performer = new Performer(options, this.#gate, this.#recorder);
  }

  async run(): Promise<History> {
    const { plan, chooser, players, clock } = this.#o;
    let next = 0;
    for (const [position, phase] of plan.phases.entries()) {
      if (this.#end.kind !== "complete") break;
      if (position > 0 || phase.wait !== undefined) this.#performer.setClock(clock.now + (phase.wait ?? PHASE_PAUSE));
      for (const _ of phase.actors) this.#performer.invite(next++);
      await this.#playUntilAnswered(chooser, plan.outsideFirst);
    }
    if (this.#end.kind === "complete") await this.#playWhatIsLeft(chooser);
    for (let actor = next; actor < players.length && this.#end.kind === "complete"; actor += 1) {
      if (!this.#couldBePoisoned(actor, next)) continue;
      this.#performer.invite(actor);
      await this.#playUntilAnswered(preferring(actor));
      await this.#playWhatIsLeft(FIRST);
    }
    this.#performer.absorb(await this.#o.host.afterwards());
    return this.#history();
  }

  /**
   * A read that nobody requested, whose truth no commit changed, in a run where only reads filled the cache, would be
   * computed from the database: nothing can have put anything wrong where it looks.
   */
  #couldBePoisoned(actor: number, acting: number): boolean {
    const { players } = this.#o;
    const ref = players[actor]?.ref;
    if (players.slice(0, acting).some((player) => player.ref === ref)) return true;
    return this.#recorder.truthChanged(actor) || this.#recorder.writesFilledCache;
  }

  async #playUntilAnswered(chooser: Chooser, outsideFirst = false): Promise<void> {
    while (this.#performer.unanswered.length > 0 && this.#end.kind === "complete") {
      if (outsideFirst && (await this.#isAnsweredFromOutside())) continue;
      const at = this.#gate.point(Infinity) ?? (await this.#waitForOutside());
      if (at === null) this.#end = { kind: "stuck", actors: this.#performer.unanswered };
      else await this.#playOne(at, chooser);
    }
  }

  /** Steps left behind, and timers due before any entry expires: whatever they do still counts. */
  async #playWhatIsLeft(chooser: Chooser): Promise<void> {
    for (;;) {
      const at = this.#gate.point(this.#o.cache.earliestExpiry ?? Infinity);
      if (at === null || this.#end.kind !== "complete") return;
      if (!(await this.#playOne(at, chooser))) return;
    }
  }

  /** Gives what goes on outside time, as long as somebody who is not answered yet is about to change the cache. */
  async #isAnsweredFromOutside(): Promise<boolean> {
    const before = this.#performer.unanswered.length;
    const isOpen = (): boolean => this.#performer.unanswered.some((actor) => this.#gate.changesCache(actor));
    const waited = startStopwatch();
    for (let turns = 0; (turns < OUTSIDE_TURNS || waited() < OUTSIDE) && isOpen(); turns += 1)
      this.#performer.absorb(await this.#o.host.turn());
    return this.#performer.unanswered.length < before;
  }

  async #waitForOutside(): Promise<GatePoint | null> {
    if (this.#performer.isHanging) return null;
    const waited = startStopwatch();
    while (waited() < (this.#o.disappointed.once ? LITTLE_PATIENCE : PATIENCE)) {
      this.#performer.absorb(await this.#o.host.turn());
      const at = this.#gate.point(Infinity);
      if (at !== null || this.#performer.unanswered.length === 0) return at;
    }
    this.#o.disappointed.once = true;
    return null;
  }

  async #playOne(at: GatePoint, chooser: Chooser): Promise<boolean> {
    const index = chooser.choose(at.point);
    const step = at.steps[index];
    const option = at.point.options[index];
    if (step === undefined || option === undefined) {
      this.#end = { kind: "diverged" };
      return false;
    }
    if (chooser === this.#o.chooser) {
      this.#points.push(at.point);
      this.#schedule.push(option.id);
      this.#switches += option.cost;
    }
    this.#gate.take(step);
    this.#performer.perform(step);
    if ((await this.#isIdleAfter(step)) && chooser === this.#o.chooser) this.#idle.push(this.#schedule.length - 1);
    await this.#letFinish(step.actor);
    this.#performer.releaseAnswers();
    const most = STEP_LIMIT + STEPS_EACH * this.#o.players.length;
    if (this.#recorder.events.length > most) this.#end = { kind: "endless", actors: this.#performer.unanswered };
    return true;
  }

  /** Lets handlers go on. Whether a timer fired for nothing: Node tells of what it rejected a turn later. */
  async #isIdleAfter(step: Step): Promise<boolean> {
    const activity = await this.#o.host.rest();
    this.#performer.absorb(activity);
    if (step.kind !== "timer" || !isNothing(activity) || this.#performer.isUnderWay(step.actor)) return false;
    const late = await this.#o.host.turn();
    this.#performer.absorb(late);
    return isNothing(late);
  }

  /** A handler may need a few turns of the real event loop, for a dynamic import or a hash, before its next step. */
  async #letFinish(actor: number): Promise<void> {
    for (let turns = 0; turns < 3 && this.#performer.isUnderWay(actor); turns += 1) {
      this.#performer.absorb(await this.#o.host.turn());
    }
  }

  #history(): History {
    const { plan, began, cache, canonical, costly, database, longestStaleness } = this.#o;
    const { rows, schema } = database.differences();
    const history = this.#recorder.history({
      plan,
      began,
      differences: rows.filter(({ table }) => !this.#o.bookkeeping.includes(table)),
      longestStaleness,
      schemaChanges: schema,
      schedule: this.#schedule,
      points: this.#points,
      ...(this.#idle.length > 0 && { idle: this.#idle }),
      switches: this.#switches,
      cacheOperations: cache.performed,
      end: this.#end,
      costly,
    });
    if (plan.trace !== true) return history;
    const { requests, events, versions, differences } = history;
    return { ...history, ...canonical.json({ requests, events, versions, differences }) };
  }
}
