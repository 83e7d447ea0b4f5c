/**
 * Whether the Redis may be used right now. Opens when something goes wrong, so that no request waits for a server that
 * has just not answered; tries again by itself, makes up for what was missed, and only then lets requests through.
 * Takes a connection and what is to be made up for; knows no key.
 */
import type { CacheHealth } from "../live-cache.ts";
import type { Ask } from "./generation.ts";
import type { RedisConnection } from "./redis-connection.ts";

export interface LinkOptions {
  readonly connection: RedisConnection;
  /** After each new connection, before anything else. */
  readonly recognise: () => Promise<void>;
  /** Rejects when the Redis takes no writes. */
  readonly tryWriting: () => Promise<void>;
  /** Carries out what could not be carried out before. */
  readonly makeUp: () => Promise<void>;
  /** What the Redis holds from now on may have come from elsewhere. */
  readonly onForeignData: () => void;
  readonly onHealth: (health: CacheHealth) => void;
}

/** Milliseconds between looks at the Redis: while all is well, and while it is not. */
const CALM = 1_000;
const WORRIED = 150;

export class Link {
  readonly #options: LinkOptions;
  #usable = false;
  #trouble: string | null = "not connected yet";
  #recognised = false;
  #looking = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#lookIn(WORRIED);
  }

  get health(): CacheHealth {
    return this.#trouble === null ? { health: "ok", trouble: null } : { health: "degraded", trouble: this.#trouble };
  }

  /** Requests ask only while this says so; making up for what was missed comes before. */
  get usable(): boolean {
    return this.#usable;
  }

  readonly ask: Ask = (work) => this.#options.connection.ask(work);

  /** A connection stands: what was known about the server may be wrong. */
  connected(): void {
    this.#recognised = false;
    this.#usable = false;
    this.#lookIn(0);
  }

  disconnected(error: Error): void {
    this.#recognised = false;
    this.failed(error);
  }

  /** A full Redis still answers reads and deletes truly; after anything else it is left alone until it is well. */
  failed(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (!message.startsWith("OOM ")) this.#usable = false;
    if (/^(?:READONLY|LOADING|MASTERDOWN) /u.test(message)) this.#options.onForeignData();
    // Why there is no connection was said before, and better.
    if (this.#trouble === null || message !== "The client is offline") this.#tell(message);
    if (!this.#looking) this.#lookIn(WORRIED);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#options.connection.close();
  }

  #lookIn(milliseconds: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#look().catch(() => undefined); // says what is wrong by the health
    }, milliseconds);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    if (this.#looking || this.#closed) return;
    this.#looking = true;
    try {
      await this.#lookNow();
    } finally {
      this.#looking = false;
      this.#lookIn(this.#trouble === null ? CALM : WORRIED);
    }
  }

  async #lookNow(): Promise<void> {
    const { recognise, tryWriting, makeUp } = this.#options;
    try {
      if (!this.#recognised) {
        this.#recognised = true; // before asking: a connection that is lost meanwhile takes it back
        await this.#orForget(recognise);
      }
      const full = await fullness(tryWriting);
      await makeUp();
      if (!this.#recognised) return;
      this.#usable = true;
      this.#tell(full);
    } catch (error) {
      this.failed(error);
    }
  }

  async #orForget(recognise: () => Promise<void>): Promise<void> {
    try {
      await recognise();
    } catch (error) {
      this.#recognised = false;
      throw error;
    }
  }

  #tell(trouble: string | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#options.onHealth(this.health);
  }
}

/** What a full Redis says; null: it takes writes. */
async function fullness(tryWriting: () => Promise<void>): Promise<string | null> {
  try {
    await tryWriting();
    return null;
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("OOM ")) return error.message;
    throw error;
  }
}
