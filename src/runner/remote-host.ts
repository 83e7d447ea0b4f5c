/**
 * Handlers in children of their own, one per app instance: parent side of the pipe. The world stays here; a child only
 * gets replies and reports what its handlers ask for, so that whatever it claims is no more than a handler could do.
 */
import { checkActivity, ProtocolError } from "./checked-activity.ts";
import type { Activity, Call, Host, PendingEffect, PendingTimer, Reply, WorldOpening } from "./effect.ts";
import type { HandlerProcess } from "./handler-process.ts";
import type { Command, FromChild } from "./host-protocol.ts";

interface Watch {
  /** Real milliseconds within which a child must answer once it was asked something. */
  readonly patience: number;
  /** Called with every report. */
  readonly onLife: () => void;
}

export class RemoteHost implements Host {
  readonly #channels: readonly [Channel, Channel];

  constructor(children: readonly [HandlerProcess, HandlerProcess], watch: Watch) {
    this.#channels = [
      new Channel({ child: children[0], side: 0, ...watch }),
      new Channel({ child: children[1], side: 1, ...watch }),
    ];
  }

  open(opening: WorldOpening): void {
    for (const channel of this.#channels) {
      channel.actors.clear();
      channel.queueLazily({ kind: "open", opening });
    }
  }

  arrive(call: Call): void {
    const channel = this.#channels[call.instance];
    channel.actors.add(call.actor);
    channel.queue({ kind: "arrive", call });
  }

  reply(effect: PendingEffect, reply: Reply): void {
    this.#owner(effect.id).queue({ kind: "reply", id: effect.id >> 1, actor: effect.actor, reply });
  }

  fire(timer: PendingTimer): void {
    this.#owner(timer.id).queue({ kind: "fire", id: timer.id >> 1 });
  }

  setClock(now: number): void {
    for (const channel of this.#channels) channel.queueLazily({ kind: "clock", now });
  }

  async rest(): Promise<Activity> {
    return join(
      await Promise.all(this.#channels.filter((channel) => channel.busy).map((channel) => channel.flush("rest"))),
    );
  }

  async turn(): Promise<Activity> {
    return join(await Promise.all(this.#channels.map((channel) => channel.flush("turn"))));
  }

  /** A child hears of rejections between two messages, and has told of them. */
  afterwards(): Promise<Activity> {
    return Promise.resolve(join([]));
  }

  #owner(id: number): Channel {
    return (id & 1) === 0 ? this.#channels[0] : this.#channels[1];
  }
}

class Channel {
  readonly actors = new Set<number>();
  readonly #child: HandlerProcess;
  readonly #side: 0 | 1;
  readonly #patience: number;
  readonly #onLife: () => void;
  #commands: Command[] = [];
  #eager = false;
  #pending: { resolve: (activity: Activity) => void; reject: (error: Error) => void } | null = null;
  #gone: Error | null = null;

  constructor({ child, side, patience, onLife }: Watch & { child: HandlerProcess; side: 0 | 1 }) {
    this.#child = child;
    this.#side = side;
    this.#patience = patience;
    this.#onLife = onLife;
    child.onMessage((message) => this.#receive(message as FromChild | null));
    const end = (): void => this.#end(new ProtocolError("a process that runs handlers has ended"));
    child.ended.then(end, end);
  }

  #end(error: ProtocolError): void {
    this.#gone = error;
    this.#pending?.reject(error);
  }

  get busy(): boolean {
    return this.#eager;
  }

  queue(command: Command): void {
    this.#commands.push(command);
    this.#eager = true;
  }

  /** For what the child needs to know only once it has something to do. */
  queueLazily(command: Command): void {
    this.#commands.push(command);
  }

  flush(mode: "rest" | "turn"): Promise<Activity> {
    if (this.#gone !== null) return Promise.reject(this.#gone);
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      this.#child.send({ kind: "play", commands: this.#commands, mode });
      this.#child.expectWord(this.#patience);
      this.#commands = [];
      this.#eager = false;
    });
  }

  #receive(message: FromChild | null): void {
    if (message?.kind !== "activity") return;
    this.#child.expectWord(null); // nothing was asked of it: it may be quiet for as long as others are at work
    this.#onLife();
    const pending = this.#pending;
    this.#pending = null;
    try {
      pending?.resolve(checkActivity(message.activity, { actors: this.actors, side: this.#side }));
    } catch (error) {
      pending?.reject(error instanceof Error ? error : new ProtocolError(String(error)));
    }
  }
}

function join(parts: readonly Activity[]): Activity {
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
