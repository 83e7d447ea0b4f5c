/**
 * Performs steps in one world and writes them down: arrivals, cache and database operations, timers, answers.
 * What a step does happens here and at once; what it leads to is up to the handlers. Chooses nothing.
 */
import type { RunPlan } from "../vocabulary.ts";
import type { Canonical } from "./canonical.ts";
import type { Activity, Answer, CacheEffect, DatabaseEffect, Host, PendingEffect } from "./effect.ts";
import { Clients } from "./clients.ts";
import type { Gate } from "./gate.ts";
import type { Step } from "./gate-step.ts";
import type { Player } from "./player.ts";
import type { Recorder } from "./recorder.ts";
import { writeFromOutside } from "./external-write.ts";
import { Morgue } from "./morgue.ts";
import { durationOf, type Pace } from "./pace.ts";
import { type Asker, RepairShop } from "./repair-shop.ts";
import type { WorldCache } from "./world-cache.ts";
import type { WorldDatabase } from "./world-database.ts";
import { cacheEvent, databaseEvent, type PerformedCache } from "./step-events.ts";

export interface Stage extends Pace {
  readonly plan: RunPlan;
  readonly host: Host;
  readonly database: WorldDatabase;
  readonly cache: WorldCache;
  /** Virtual milliseconds since the run began; shared with the database's clock. */
  readonly clock: { now: number };
  /** The plan's actors in order, then the probe's reads. */
  readonly players: readonly Player[];
  readonly canonical: Canonical;
}

export class Performer {
  readonly #stage: Stage;
  readonly #gate: Gate;
  readonly #recorder: Recorder;
  readonly #repairs: RepairShop;
  readonly #clients: Clients;
  readonly #held = new Map<number, Answer>();
  readonly #unanswered = new Set<number>();
  /** The world's own form of each key that was asked for, by its canonical form. */
  readonly #keys = new Map<string, string>();
  /** Actors with an operation that a failing cache never answers. */
  readonly #hanging = new Set<number>();
  readonly #morgue: Morgue;

  constructor(stage: Stage, gate: Gate, recorder: Recorder) {
    this.#stage = stage;
    this.#gate = gate;
    this.#recorder = recorder;
    this.#morgue = new Morgue(stage.plan.faults ?? []);
    this.#repairs = new RepairShop(stage.plan.repairs ?? [], {
      canonical: (key) => stage.canonical.text(key),
      local: (key) => this.#keys.get(key) ?? stage.canonical.localText(key),
    });
    this.#clients = new Clients(stage.players, stage.plan);
  }

  get unanswered(): readonly number[] {
    return [...this.#unanswered];
  }

  /** Every request that is not answered waits for a cache that hangs. */
  get isHanging(): boolean {
    return this.unanswered.every((actor) => this.#hanging.has(actor));
  }

  /** The request has come no further, and nothing of it waits at the gate. */
  isUnderWay(actor: number): boolean {
    return this.#unanswered.has(actor) && !this.#held.has(actor) && this.#gate.isIdle(actor);
  }

  invite(actor: number): void {
    this.#gate.invite(actor);
    this.#unanswered.add(actor);
  }

  perform(step: Step): void {
    const { host, clock } = this.#stage;
    if (step.kind === "arrival") this.#arrive(step.actor);
    else if (step.kind === "timer") {
      this.setClock(Math.max(clock.now, step.timer.due));
      this.#recorder.note({ kind: "timer", actor: step.actor, at: clock.now, delay: step.timer.delay });
      host.fire(step.timer);
    } else if (this.#writes(step.actor) && this.#morgue.nextStepKills()) this.#crash(step.pending);
    else if (step.pending.effect.resource === "cache") this.#performCache(step.pending, step.pending.effect);
    else this.#performDatabase(step.pending, step.pending.effect);
  }

  #arrive(actor: number): void {
    const { host, players, clock } = this.#stage;
    const player = players[actor];
    if (player === undefined) return;
    if (player.external !== null) {
      writeFromOutside({ stage: this.#stage, recorder: this.#recorder, actor, external: player.external });
      this.#unanswered.delete(actor);
      this.#gate.answered(actor);
      return;
    }
    const instance = this.#morgue.servedBy(player.instance);
    this.#recorder.arrival(actor, clock.now, instance);
    host.arrive(this.#clients.ask(actor, player, instance));
  }

  /** All that the process of this actor was at is over; who comes later is served by the other one. */
  #crash({ actor, location }: PendingEffect): void {
    const place = location === null ? {} : { location };
    this.#recorder.note({ kind: "crash", actor, at: this.#stage.clock.now, ...place });
    for (const each of this.#morgue.bury(actor, { requests: this.#recorder.requests, gate: this.#gate })) {
      this.#stage.database.abandon(each);
      this.#held.delete(each);
      this.#unanswered.delete(each);
    }
  }

  #performCache(pending: PendingEffect, asked: CacheEffect): void {
    const { actor } = pending;
    if (asked.key !== null && this.#repairs.renames) this.#keys.set(this.#stage.canonical.text(asked.key), asked.key);
    const { effect, repair } = this.#repairs.change(asked, this.#asker(actor));
    if (effect === null) {
      const step = { operation: asked.operation === "keys" ? ("get" as const) : asked.operation };
      this.#noteCache({ pending, effect: asked, step, repair });
      this.#stage.host.reply(pending, { ok: true, value: true });
      return;
    }
    const step = this.#stage.cache.perform(effect, this.#stage.clock.now);
    this.#noteCache({ pending, effect, step, repair });
    if (step.reply === null) this.#hanging.add(actor);
    else this.#stage.host.reply(pending, step.reply);
  }

  #writes(actor: number): boolean {
    const role = this.#stage.players[actor]?.role;
    return role === "write" || role === "job";
  }

  #asker(actor: number): Asker {
    const request = this.#recorder.requests[actor];
    const arrived = request?.arrived ?? 0;
    const overtaken = this.#recorder.versions.some((version) => version.event > arrived);
    return {
      actor,
      path: this.#stage.players[actor]?.spec.path ?? "",
      writes: this.#writes(actor),
      answered: request?.answered !== null,
      overtaken,
    };
  }

  #noteCache(noted: Omit<PerformedCache, "at" | "traced">): void {
    const { plan, clock } = this.#stage;
    this.#recorder.note(cacheEvent({ ...noted, at: clock.now, traced: plan.trace ?? false }));
  }

  #performDatabase(pending: PendingEffect, effect: DatabaseEffect): void {
    const { actor } = pending;
    const step = this.#stage.database.perform(actor, effect);
    const committed = step.committed ? { committed: this.#recorder.commit(actor) } : {};
    const { plan, clock } = this.#stage;
    const duration = durationOf(step, this.#stage);
    if (duration > 0) this.setClock(clock.now + duration);
    const event = databaseEvent({ pending, effect, step, at: clock.now, traced: plan.trace ?? false });
    this.#recorder.note({ ...event, ...committed });
    this.#stage.host.reply(pending, step.reply);
  }

  absorb(activity: Activity): void {
    this.#gate.absorb(activity);
    for (const { actor, error } of activity.errors) this.#recorder.error(actor, error);
    for (const answer of activity.answers) if (this.#unanswered.has(answer.actor)) this.#held.set(answer.actor, answer);
    this.releaseAnswers();
  }

  /** Answers that go out now: all, unless a repair holds each back until the request's own steps are done. */
  releaseAnswers(): void {
    for (const [actor, answer] of this.#held) {
      const isWrite = this.#writes(actor);
      if (this.#repairs.has("hold-acknowledgement") && !this.#gate.isIdle(actor)) continue;
      this.#held.delete(actor);
      if (isWrite) this.#finishWrite(actor);
      this.#recorder.answer(this.#clients.receive(answer), this.#stage.clock.now);
      this.#unanswered.delete(actor);
      this.#gate.answered(actor);
    }
  }

  #finishWrite(actor: number): void {
    for (const { effect, repair } of this.#repairs.beforeAnswer(actor)) {
      const step = this.#stage.cache.perform(effect, this.#stage.clock.now);
      this.#noteCache({ pending: { actor, location: null }, effect, step, repair });
    }
  }

  setClock(now: number): void {
    this.#stage.clock.now = now;
    this.#stage.host.setClock(now);
  }
}
