/**
 * A `Run` for tests: plays model services under a chooser and writes true histories, with faults, repairs, steps left
 * behind, transactions and two instances. Everything happens in memory; nothing waits.
 */
import type { CastShape, ChoicePoint, History, Json, Option, RequestRecord, Run, RunPlan } from "../vocabulary.ts";
import type { Asked, Service, Step } from "./model-handlers.test-support.ts";
import type { Player, Thread } from "./model-gate.test-support.ts";
import { optionsNow, takingPart } from "./model-gate.test-support.ts";
import { isCache, unknown } from "./model-handlers.test-support.ts";
import { itemOf, ModelRecorder } from "./model-recorder.test-support.ts";
import { ModelStore } from "./model-store.test-support.ts";
import { hashText } from "./random.ts";

export const modelShape: Omit<CastShape, "changes"> = { reads: 3, writes: 3, refused: 1 };
export function modelRun(service: Service): Run {
  return (plan, chooser) => Promise.resolve(new Model(service, plan).play(chooser));
}

class Model {
  readonly #plan: RunPlan;
  readonly #service: Service;
  readonly #store: ModelStore;
  readonly #recorder: ModelRecorder;
  readonly #players: Player[] = [];
  readonly #memories = [new Map<string, Json>(), new Map<string, Json>()];
  #current = -1;
  #now = 0;
  #end: History["end"] = { kind: "complete" };

  constructor(service: Service, plan: RunPlan) {
    this.#service = service;
    this.#plan = plan;
    const totals = [0, 1, 2].map((item) => 1 + (hashText(`${plan.seed}/${item}`) % 50));
    this.#store = new ModelStore({ totals, faults: plan.faults ?? [], repairs: plan.repairs ?? [] });
    this.#recorder = new ModelRecorder(plan, this.#store);
    for (const { actor, probe } of takingPart(plan)) {
      this.#players.push({ ...actor, item: itemOf(actor.ref), threads: [], state: "away" });
      this.#recorder.enter(actor, probe);
    }
    this.#recorder.commit(null);
  }

  play(chooser: { choose(point: ChoicePoint): number }): History {
    let next = 0;
    for (const [position, phase] of this.#plan.phases.entries()) {
      if (position > 0) this.#now += phase.wait ?? 1000;
      for (const _ of phase.actors) this.#invite(next++);
      this.#goOn(chooser, true);
    }
    this.#goOn(chooser, false);
    for (; next < this.#players.length && this.#end.kind === "complete"; next += 1) {
      this.#invite(next);
      this.#goOn(null, true);
    }
    return this.#recorder.history(this.#end);
  }

  #invite(actor: number): void {
    const player = this.#players[actor];
    if (player !== undefined && this.#end.kind === "complete") player.state = "invited";
  }

  #goOn(chooser: { choose(point: ChoicePoint): number } | null, untilAnswered: boolean): void {
    for (;;) {
      const waiting = this.#players.flatMap(({ state }, actor) =>
        state === "invited" || state === "running" ? [actor] : [],
      );
      if (this.#recorder.events.length > 2_000) this.#end = { kind: "endless", actors: waiting };
      if (this.#end.kind !== "complete" || (untilAnswered && waiting.length === 0)) return;
      const options = optionsNow({ ...this.#plan, players: this.#players, current: this.#current, store: this.#store });
      if (options.length === 0 && waiting.length > 0) this.#end = { kind: "stuck", actors: waiting };
      if (options.length === 0) return;
      const option = options[chooser?.choose({ options }) ?? 0];
      if (option === undefined) this.#end = { kind: "diverged" };
      else {
        if (chooser !== null) this.#recorder.points.push({ options });
        if (chooser !== null) this.#recorder.schedule.push(option.id);
        this.#take(option);
      }
    }
  }

  #take({ actor, id }: Option): void {
    this.#current = actor;
    const player = this.#players[actor];
    if (player === undefined) return;
    if (player.state === "invited") return this.#arrive(actor, player);
    const thread = player.threads[id % 8];
    if (thread === null || thread === undefined) return;
    const value = this.#perform(actor, thread.pending);
    if (value === undefined) thread.pending = { do: "never" };
    else this.#resume(actor, id % 8, value);
  }

  #arrive(actor: number, player: Player): void {
    player.state = "running";
    const record = this.#recorder.records[actor];
    if (record !== undefined) record.arrived = this.#recorder.events.length;
    this.#recorder.events.push({ kind: "arrival", actor, at: this.#now });
    const asked: Asked = { item: player.item, memory: this.#memories[player.instance] ?? new Map() };
    const handler = player.ref.startsWith("x")
      ? unknown
      : player.ref.startsWith("r")
        ? this.#service.read
        : this.#service.write;
    this.#start(actor, handler(asked));
  }

  #start(actor: number, steps: Thread["steps"]): void {
    const threads = this.#players[actor]?.threads ?? [];
    threads.push({ steps, pending: { do: "never" } });
    this.#resume(actor, threads.length - 1, null);
  }

  #resume(actor: number, slot: number, value: Json | Error): void {
    const threads = this.#players[actor]?.threads ?? [];
    const thread = threads[slot];
    if (thread === null || thread === undefined) return;
    const result = this.#continue(actor, thread, value);
    if (result === null) return;
    if (result.done !== true && result.value.do === "leave") {
      this.#start(actor, result.value.steps);
      return this.#resume(actor, slot, null);
    }
    if (result.done !== true) thread.pending = result.value;
    else threads[slot] = null;
    if (result.done === true && slot === 0) this.#respond(actor, result.value as RequestRecord["response"]);
    else this.#answerIfDone(actor);
  }

  #continue(actor: number, thread: Thread, value: Json | Error): IteratorResult<Step, unknown> | null {
    try {
      return value instanceof Error ? thread.steps.throw(value) : thread.steps.next(value);
    } catch (error) {
      const record = this.#recorder.records[actor];
      if (record !== undefined && error instanceof Error)
        record.error = { name: error.name, message: error.message, location: null };
      this.#players[actor]?.threads.fill(null);
      this.#respond(actor, { status: 500, contentType: null, body: null });
      return null;
    }
  }

  #respond(actor: number, response: RequestRecord["response"]): void {
    const record = this.#recorder.records[actor];
    if (record !== undefined) record.response = response && { ...response, contentType: "application/json" };
    this.#answerIfDone(actor);
  }

  #answerIfDone(actor: number): void {
    const record = this.#recorder.records[actor];
    const player = this.#players[actor];
    if (record === undefined || player === undefined || record.response === null || record.answered !== null) return;
    if (
      this.#plan.repairs?.some(({ kind }) => kind === "hold-acknowledgement") === true &&
      player.threads.some((thread) => thread !== null)
    )
      return;
    if (record.role === "write")
      this.#store
        .beforeAnswer(actor)
        .forEach((done) => this.#recorder.events.push({ ...done, kind: "cache", actor, at: this.#now }));
    record.answered = this.#recorder.events.length;
    player.state = "answered";
    this.#recorder.events.push({ kind: "answer", actor, at: this.#now });
  }

  #perform(actor: number, step: Step): Json | Error | undefined {
    const record = this.#recorder.records[actor];
    const item = this.#players[actor]?.item ?? 0;
    if (step.do === "sleep") {
      this.#now += step.ms;
      this.#recorder.events.push({ kind: "timer", actor, at: this.#now, delay: step.ms });
      return null;
    }
    if (isCache(step)) {
      const overtaken = this.#recorder.versions.some(({ event }) => event > (record?.arrived ?? 0));
      const { done, value } = this.#store.visit({
        actor,
        item,
        step,
        now: this.#now,
        writes: record?.role === "write",
        answered: record?.answered !== null,
        overtaken,
      });
      this.#recorder.events.push({ ...done, kind: "cache", actor, at: this.#now });
      return value;
    }
    const { value, commits, done } = this.#store.ask(actor, item, step);
    const committed = commits ? this.#recorder.commit(actor) : undefined;
    const more = committed === undefined ? {} : { committed };
    this.#recorder.events.push({ ...done, kind: "database", actor, at: this.#now, ...more });
    return value;
  }
}
