/**
 * What one world has to say to the children that hold the handlers, collected until it waits for them. Takes a way to
 * wait; sends nothing itself.
 */
import type { Activity, Call, Host, PendingEffect, PendingTimer, Reply, WorldOpening } from "./effect.ts";
import type { Command, Part } from "./host-protocol.ts";

export type Mode = "rest" | "turn";
export type Side = 0 | 1;
export const SIDES: readonly Side[] = [0, 1];

export class Lane implements Host {
  readonly number: number;
  readonly actors: readonly [Set<number>, Set<number>] = [new Set(), new Set()];
  readonly #wait: (mode: Mode, sides: readonly Side[]) => Promise<Activity>;
  readonly #commands: [Command[], Command[]] = [[], []];
  /** Children that have something to do, and not only something to know. */
  readonly #eager = new Set<Side>();

  constructor(number: number, wait: (mode: Mode, sides: readonly Side[]) => Promise<Activity>) {
    this.number = number;
    this.#wait = wait;
  }

  open(opening: WorldOpening): void {
    for (const side of SIDES) {
      this.actors[side].clear();
      this.#commands[side].push({ kind: "open", opening });
    }
  }

  arrive(call: Call): void {
    this.actors[call.instance].add(call.actor);
    this.#queue(call.instance, { kind: "arrive", call });
  }

  reply({ id, actor }: PendingEffect, reply: Reply): void {
    this.#queue(sideOf(id), { kind: "reply", id: id >> 1, actor, reply });
  }

  fire({ id }: PendingTimer): void {
    this.#queue(sideOf(id), { kind: "fire", id: id >> 1 });
  }

  setClock(now: number): void {
    for (const side of SIDES) this.#commands[side].push({ kind: "clock", now });
  }

  rest(): Promise<Activity> {
    return this.#eager.size === 0 ? Promise.resolve(join([])) : this.#wait("rest", [...this.#eager]);
  }

  turn(): Promise<Activity> {
    return this.#wait("turn", SIDES);
  }

  /** A child hears of rejections between two messages, and has told of them. */
  afterwards(): Promise<Activity> {
    return Promise.resolve(join([]));
  }

  takePart(side: Side): Part {
    this.#eager.delete(side);
    return { lane: this.number, commands: this.#commands[side].splice(0) };
  }

  #queue(side: Side, command: Command): void {
    this.#commands[side].push(command);
    this.#eager.add(side);
  }
}

function sideOf(id: number): Side {
  return (id & 1) === 0 ? 0 : 1;
}

export function join(parts: readonly Activity[]): Activity {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  return {
    effects: parts.flatMap(({ effects }) => effects),
    timers: parts.flatMap(({ timers }) => timers),
    clearedTimers: parts.flatMap(({ clearedTimers }) => clearedTimers),
    answers: parts.flatMap(({ answers }) => answers),
    errors: parts.flatMap(({ errors }) => errors),
  };
}
