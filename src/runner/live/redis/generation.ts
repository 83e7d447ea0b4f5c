/**
 * The entries of one cache in a Redis. All keys of a generation begin alike, and the Redis holds the name of the one that
 * counts: another name, and everything stored before is out of reach at once, for every process.
 * Each operation makes sure, in the same round trip, that the name it used still counts.
 *
 * A name carries the id of the server's run. A server that was started again, or whose data came from elsewhere, may
 * hold entries that were deleted since: what it calls the current generation is then left behind.
 */
import { randomBytes } from "node:crypto";
import type { Redis } from "./redis-connection.ts";

/** Asks the Redis, in bounded time. */
export type Ask = <Result>(work: (redis: Redis) => Promise<Result>) => Promise<Result>;

/** Every further attempt means that somebody began another generation meanwhile. */
const ATTEMPTS = 5;

export class Generation {
  readonly #ask: Ask;
  readonly #prefix: string;
  /** Key under which the current generation's name is kept. */
  readonly #place: string;
  readonly #onBegun: () => void;
  /** null: not known, or begun by nobody. */
  #name: string | null = null;
  #run = "";

  /** `onBegun`: what was stored before is out of reach, and still there. */
  constructor({ ask, prefix, onBegun }: { ask: Ask; prefix: string; onBegun: () => void }) {
    this.#ask = ask;
    this.#prefix = prefix;
    this.#place = `${prefix}:generation`;
    this.#onBegun = onBegun;
  }

  /** After connecting, before anything else. */
  async recognise(): Promise<void> {
    const [info, name] = await this.#ask(({ client }) => Promise.all([client.info("server"), client.get(this.#place)]));
    this.#run = /^run_id:(\w{8})/mu.exec(info)?.[1] ?? randomBytes(4).toString("hex");
    await this.#adopt(name);
  }

  /** undefined: nothing there, or the generation had changed. */
  get(key: string): Promise<string | undefined> {
    const name = this.#name;
    if (name === null) return this.#known().then(() => this.get(key));
    const read = ["MGET", this.#place, this.#entry(name, key)];
    return this.#ask(({ client }) => client.sendCommand<[string | null, string | null]>(read)).then(
      ([current, stored]) => {
        if (current === name) return stored ?? undefined;
        return this.#adopt(current).then(() => undefined);
      },
    );
  }

  /** Gives false when it was not stored, because the generation had changed. `timeToLive`: milliseconds, above 0. */
  async set(key: string, stored: string, timeToLive: number | undefined): Promise<boolean> {
    const name = await this.#known();
    const entry = this.#entry(name, key);
    const [, current] = await this.#ask(({ adapter, client }) =>
      Promise.all([adapter.set(entry, stored, timeToLive), client.get(this.#place)]),
    );
    if (current === name) return true;
    await this.#ask(({ adapter }) => adapter.delete(entry)); // out of reach, but still in memory
    await this.#adopt(current);
    return false;
  }

  /** Gives how many there were. When it resolves, no process finds them any more. */
  async delete(keys: readonly string[]): Promise<number> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const name = await this.#known();
      const [deleted, current] = await this.#ask(({ client }) =>
        Promise.all([client.unlink(keys.map((key) => this.#entry(name, key))), client.get(this.#place)]),
      );
      if (current === name) return deleted;
      await this.#adopt(current);
    }
    throw new Error("the cache is cleared again and again");
  }

  /** When it resolves, no process finds anything stored before. Needs no memory, so that a full Redis can be cleared. */
  async begin(): Promise<void> {
    const name = this.#newName();
    this.#name = null;
    const [left, ...begun] = await this.#ask(({ client }) =>
      Promise.allSettled([
        client.unlink(this.#place),
        client.set(this.#place, name, { condition: "NX" }),
        client.get(this.#place),
      ]),
    );
    if (left.status === "rejected") throw left.reason;
    const current = begun[1].status === "fulfilled" ? begun[1].value : null;
    if (current !== null) this.#name = current;
    this.#onBegun();
  }

  /** The name that counts, or null when none does; with what keys of it begin with. */
  async current(): Promise<{ name: string; begins: string } | null> {
    const name = await this.#ask(({ client }) => client.get(this.#place));
    return name === null ? null : { name, begins: this.#entry(name, "") };
  }

  #entry(name: string, key: string): string {
    return `${this.#prefix}:${name}:${key}`;
  }

  async #known(): Promise<string> {
    if (this.#name !== null) return this.#name;
    await this.#adopt(await this.#ask(({ client }) => client.get(this.#place)));
    if (this.#name === null) throw new Error("there is no generation");
    return this.#name;
  }

  async #adopt(current: string | null): Promise<void> {
    if (current?.startsWith(`g${this.#run}-`) === true) {
      this.#name = current;
      return;
    }
    if (current !== null) return this.begin();
    const name = this.#newName();
    const [, found] = await this.#ask(({ client }) =>
      Promise.all([client.set(this.#place, name, { condition: "NX" }), client.get(this.#place)]),
    );
    this.#name = found;
  }

  #newName(): string {
    return `g${this.#run}-${randomBytes(6).toString("hex")}`;
  }
}

/** Whether a key holds an entry, of whichever generation. */
export function isEntry(prefix: string, key: string): boolean {
  return key.startsWith(`${prefix}:g`) && /^\w+-\w+:/u.test(key.slice(prefix.length + 1));
}
