/**
 * The open event streams: who connects gets a snapshot or what was missed, then each frame. Who does not read as fast
 * as it is told is let go, and catches up when it returns. Takes messages from the hub; knows not what they say.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { LiveState } from "../vocabulary.ts";
import type { EventHub } from "./event-hub.ts";

export interface StreamParts {
  readonly hub: EventHub;
  readonly state: () => LiveState;
  readonly headers: Readonly<Record<string, string>>;
}

const MOST_STREAMS = 2000;
/** Bytes that one client may leave unread. */
const MOST_UNREAD = 1_048_576;
/** Flushes between two comments that keep a silent line open: fifteen seconds. */
const KEEP_ALIVE = 150;
const HEADERS = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };

export class EventStreams {
  readonly #parts: StreamParts;
  readonly #clients = new Set<ServerResponse>();
  #lastState = "";
  #silence = 0;

  constructor(parts: StreamParts) {
    this.#parts = parts;
  }

  /** Gives false when there are too many already. */
  open(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
    if (this.#clients.size >= MOST_STREAMS) return false;
    const { hub, state, headers } = this.#parts;
    outgoing.writeHead(200, { ...headers, ...HEADERS });
    outgoing.on("error", () => {}); // a reader who goes is no error
    outgoing.once("close", () => this.#clients.delete(outgoing));
    this.flush(); // what happened until now is told to the others as a frame, and to this one in its first message
    this.#changedState(); // of which the state is part
    const id = incoming.headers["last-event-id"];
    const missed = typeof id === "string" ? hub.since(id, state()) : null;
    send(outgoing, missed ?? hub.snapshot(state()));
    this.#clients.add(outgoing);
    return true;
  }

  /** To be called ten times a second. */
  flush(): void {
    const { hub } = this.#parts;
    if (this.#clients.size === 0) return hub.skip();
    const message = hub.frame(this.#changedState());
    this.#silence += 1;
    if (message !== null) this.#sendAll(message);
    else if (this.#silence >= KEEP_ALIVE) this.#sendAll(": still here\n\n");
  }

  /** Everybody begins anew. */
  snapshotForAll(): void {
    const { hub, state } = this.#parts;
    hub.skip();
    if (this.#clients.size > 0) this.#sendAll(hub.snapshot(state()));
  }

  close(): void {
    for (const client of this.#clients) client.end();
  }

  #changedState(): LiveState | null {
    const state = this.#parts.state();
    const text = withoutClock(state);
    if (text === this.#lastState) return null;
    this.#lastState = text;
    return state;
  }

  #sendAll(message: string): void {
    const bytes = Buffer.from(message);
    for (const client of this.#clients) send(client, bytes);
    this.#silence = 0;
  }
}

function send(client: ServerResponse, message: string | Buffer): void {
  client.write(message);
  if (client.writableLength > MOST_UNREAD) client.destroy();
}

/** Time passes without anything having changed: who shows it can count. */
function withoutClock(state: LiveState): string {
  return JSON.stringify({
    ...state,
    clock: state.clock.ahead,
    entry: state.entry && { ...state.entry, age: 0, timeToLive: 0 },
  });
}
