/**
 * The open event streams: who connects gets a snapshot or what was missed, then each frame. Who does not read as fast
 * as it is told is let go, and catches up when it returns. Takes messages from the hub; knows not what they say.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { LiveState } from "../vocabulary.ts";
import type { EventHub } from "./event-hub.ts";

export interface EventStreams {
  /** Gives false when there are too many already. */
  open(incoming: IncomingMessage, outgoing: ServerResponse): boolean;
  /** To be called ten times a second. */
  flush(): void;
  /** Everybody begins anew. */
  snapshotForAll(): void;
  close(): void;
  readonly count: number;
}

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

export function createEventStreams({ hub, state, headers }: StreamParts): EventStreams {
  const clients = new Set<ServerResponse>();
  let lastState = "";
  let silence = 0;
  const send = (client: ServerResponse, message: string | Buffer): void => {
    client.write(message);
    if (client.writableLength > MOST_UNREAD) client.destroy();
  };
  const sendAll = (message: string): void => {
    const bytes = Buffer.from(message);
    for (const client of clients) send(client, bytes);
    silence = 0;
  };
  const changed = (): LiveState | null => {
    const now = state();
    const text = withoutClock(now);
    if (text === lastState) return null;
    lastState = text;
    return now;
  };
  return {
    get count() {
      return clients.size;
    },
    open: (incoming, outgoing) => {
      if (clients.size >= MOST_STREAMS) return false;
      const id = incoming.headers["last-event-id"];
      outgoing.writeHead(200, { ...headers, ...HEADERS });
      outgoing.on("error", () => {}); // a reader who goes is no error
      outgoing.once("close", () => clients.delete(outgoing));
      if (clients.size === 0) hub.skip();
      else flush();
      send(outgoing, (typeof id === "string" ? hub.since(id, state()) : null) ?? hub.snapshot(state()));
      clients.add(outgoing);
      return true;
    },
    flush,
    snapshotForAll: () => {
      hub.skip();
      sendAll(hub.snapshot(state()));
    },
    close: () => {
      for (const client of clients) client.end();
    },
  };

  function flush(): void {
    if (clients.size === 0) return hub.skip();
    const message = hub.frame(changed());
    silence += 1;
    if (message !== null) sendAll(message);
    else if (silence >= KEEP_ALIVE) sendAll(": still here\n\n");
  }
}

/** Time passes without anything having changed: who shows it can count. */
function withoutClock(state: LiveState): string {
  return JSON.stringify({
    ...state,
    clock: state.clock.ahead,
    entry: state.entry && { ...state.entry, age: 0, timeToLive: 0 },
  });
}
