/** One question at a time to a child that holds handlers, and its answer within a time. Believes nothing of what it says. */
import { ProtocolError } from "./checked-activity.ts";
import type { HandlerProcess } from "./handler-process.ts";
import type { FromChild, Part } from "./host-protocol.ts";

export interface Watch {
  /** Real milliseconds within which a child must answer once it was asked something. */
  readonly patience: number;
  /** Called with every report. */
  readonly onLife: () => void;
}

export class Channel {
  readonly #child: HandlerProcess;
  readonly #patience: number;
  readonly #onLife: () => void;
  #pending: { resolve: (activities: readonly unknown[]) => void; reject: (error: Error) => void } | null = null;
  #gone: Error | null = null;

  constructor({ child, patience, onLife }: Watch & { child: HandlerProcess }) {
    this.#child = child;
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

  /** One report for each part; nobody has looked at them yet. */
  ask(parts: readonly Part[], mode: "rest" | "turn"): Promise<readonly unknown[]> {
    if (this.#gone !== null) return Promise.reject(this.#gone);
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      this.#child.send({ kind: "play", parts, mode });
      this.#child.expectWord(this.#patience);
    });
  }

  #receive(message: FromChild | null): void {
    if (message?.kind !== "activity") return;
    this.#child.expectWord(null); // nothing was asked of it: it may be quiet for as long as others are at work
    this.#onLife();
    const pending = this.#pending;
    this.#pending = null;
    const told: unknown = message.activities;
    if (Array.isArray(told)) pending?.resolve(told);
    else pending?.reject(new ProtocolError("a child sent a malformed report"));
  }
}
