/**
 * The words in which isolation cases are written, for live and gated databases alike. Types, a schema and small helpers;
 * knows neither database.
 */
import type { Database } from "../vocabulary.ts";

/** A request's work; it may wait for other requests of the same play, and for nothing else. */
export type Body = (db: Database) => Promise<unknown>;

/**
 * Plays the bodies of a phase together, each as a request of its own, and the phases one after another. Gives what each
 * body resolved to, or `{ error }`. Called once: the database lasts for one play.
 */
export type PlayTogether = (...phases: readonly (readonly Body[])[]) => Promise<unknown[]>;

/** Plays on a fresh database with ISOLATION_SCHEMA and nothing in it, and expects. */
export type IsolationCase = (play: PlayTogether) => Promise<void>;

export const ISOLATION_SCHEMA: string = `
  CREATE TABLE logs (id INTEGER PRIMARY KEY, text TEXT NOT NULL CHECK (text <> 'bad'));
  CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
`;

export const insert = (db: Pick<Database, "run">, text: string): Promise<unknown> =>
  db.run("INSERT INTO logs (text) VALUES (?)", text);

export const texts = async (db: Pick<Database, "all">): Promise<string[]> =>
  (await db.all<{ text: string }>("SELECT text FROM logs ORDER BY id")).map(({ text }) => text);

export const message = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "no error",
    (error: Error) => error.message,
  );

/** A point that one request reaches and others wait for. */
export function milestone(): { reached: Promise<void>; reach: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { reached: promise, reach: () => resolve() };
}
