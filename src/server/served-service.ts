/** What the server asks of a service, and what it hears from it. Types only. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ControlOrder, LivePoint, LiveState, LiveStep } from "../vocabulary.ts";

/** Node's two sides of a request. */
export interface NodeEnv {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

export interface ServedService {
  fetch(request: Request, env: NodeEnv): Response | Promise<Response>;
  order(order: ControlOrder): Promise<LiveState>;
  state(): LiveState;
  /** Somebody has opened a page. */
  visited(): void;
}

/** What the service tells while it runs. */
export interface ServiceListener {
  step(step: LiveStep): void;
  point(point: LivePoint): void;
  answer(answered: { readonly route: string | null; readonly status: number; readonly duration: number }): void;
  staleAnswer(): void;
  startAgain(): void;
}
