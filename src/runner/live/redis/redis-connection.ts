/**
 * One connection to a Redis that is kept up for as long as the service lives, and whose every command is answered, or
 * given up, in bounded time. Nothing waits for a connection: a command without one fails at once.
 * Knows no key and no cache.
 */
import KeyvRedis, { createClient } from "@keyv/redis";
import type { CacheAddress } from "./cache-address.ts";

export type RedisClient = ReturnType<typeof createClient>;

export interface Redis {
  /** Keyv's own adapter, made to throw what it would swallow. */
  readonly adapter: KeyvRedis<string>;
  readonly client: RedisClient;
}

/** Milliseconds, all of them. */
export interface Patience {
  readonly connect: number;
  readonly command: number;
  /** Without a byte from the server, after which the connection is given up and another one made. */
  readonly silence: number;
}

export const PATIENCE: Patience = { connect: 2_000, command: 500, silence: 10_000 };

/** Milliseconds between attempts to connect; they grow up to the longest. */
const RECONNECT = { shortest: 50, longest: 1_000 };
/** Commands in flight at a time; what comes on top fails at once. */
const MOST_IN_FLIGHT = 20_000;

/** Nobody knows whether the server has carried the command out, or will. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

export interface RedisConnection {
  /** Rejects with Unanswered, or with the error that says why the command was surely not carried out. */
  ask<Result>(work: (redis: Redis) => Promise<Result>): Promise<Result>;
  close(): void;
}

export function connectRedis(options: {
  readonly address: CacheAddress;
  readonly patience: Patience;
  /** A connection stands, the first or another one: nothing was asked on it yet. */
  readonly onReady: () => void;
  readonly onTrouble: (error: Error) => void;
  /** A command was not carried out, or nobody knows. */
  readonly onFailed: (error: Error) => void;
}): RedisConnection {
  const { patience, onReady, onTrouble } = options;
  const client = clientFor(options.address, patience);
  // It hands on the errors of its client, and what it throws.
  const adapter = new KeyvRedis<string>(client, { throwOnErrors: true });
  adapter.on("error", () => undefined);
  client.on("error", onTrouble);
  client.on("ready", onReady);
  client.connect().catch(onTrouble); // tries again by itself; rejects only when it is closed meanwhile
  const line = new Line(patience.command, options.onFailed);
  return {
    ask: (work) => line.answered(work({ adapter, client })),
    close: () => {
      line.close();
      if (client.isOpen) client.destroy();
    },
  };
}

function clientFor({ socket, ...address }: CacheAddress, patience: Patience): RedisClient {
  return createClient({
    ...(address.username === undefined ? {} : { username: address.username }),
    ...(address.password === undefined ? {} : { password: address.password }),
    database: address.database,
    name: "stale-stats",
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_IN_FLIGHT,
    socket: {
      ...socket,
      connectTimeout: patience.connect,
      socketTimeout: patience.silence,
      reconnectStrategy: (retries: number) => Math.min(RECONNECT.shortest * 2 ** retries, RECONNECT.longest),
    },
  });
}

/** Times the patience: while a server goes on answering those who asked before, one's turn may still come. */
const LONGEST_TURN = 4;

interface Waiting {
  readonly since: number;
  readonly giveUp: () => void;
}

/**
 * Those who wait for an answer. The client's own time limit ends when a command is written, so that a frozen server
 * would hold it for ever. One timer serves all: they wait in the order in which they asked.
 */
class Line {
  readonly #patience: number;
  readonly #onFailed: (error: Error) => void;
  readonly #waiting = new Set<Waiting>();
  /** When the last answer came. */
  #heard = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(patience: number, onFailed: (error: Error) => void) {
    this.#patience = patience;
    this.#onFailed = onFailed;
  }

  answered<Result>(command: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        this.#onFailed(error);
        reject(error);
      };
      const giveUp = (): void => fail(new Unanswered(`no answer within ${this.#patience} ms`));
      const waiting = { since: performance.now(), giveUp };
      this.#waiting.add(waiting);
      this.#timer ??= this.#lookIn(this.#patience);
      command.then(
        (result) => {
          this.#waiting.delete(waiting);
          this.#heard = performance.now();
          resolve(result);
        },
        (error: unknown) => {
          if (this.#waiting.delete(waiting)) fail(toUncertain(error)); // else it was given up
        },
      );
    });
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #lookIn(milliseconds: number): NodeJS.Timeout {
    // A process that was busy itself has answers that it has not read yet: they are read before the look.
    return setTimeout(() => setImmediate(() => this.#look()), milliseconds);
  }

  #look(): void {
    const now = performance.now();
    for (const waiting of this.#waiting) {
      const quiet = now - Math.max(waiting.since, this.#heard);
      if (quiet < this.#patience && now - waiting.since < LONGEST_TURN * this.#patience) {
        this.#timer = this.#lookIn(this.#patience - quiet);
        return;
      }
      this.#waiting.delete(waiting);
      waiting.giveUp();
    }
    this.#timer = null;
  }
}

/** What the server says begins with a code, such as `OOM` or `READONLY`; the client says when it has sent nothing. */
const SURELY_NOT_DONE = /^(?:[A-Z]{2,} |The client is (?:offline|closed)|The queue is full)/u;

function toUncertain(error: unknown): Error {
  if (!(error instanceof Error)) return new Unanswered(String(error));
  if (error instanceof Unanswered || SURELY_NOT_DONE.test(error.message)) return error;
  return new Unanswered(error.message, { cause: error });
}
