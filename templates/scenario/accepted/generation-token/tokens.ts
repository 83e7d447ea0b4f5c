import type Keyv from "keyv";

/**
 * Longer than any entry lives: a token that expires first only costs a look
 * into the database.
 */
const ONE_DAY = 24 * 60 * 60 * 1000;

/**
 * A cache that needs longer than this, in milliseconds, is of no use to a
 * board.
 */
const LIMIT = 200;

/**
 * Boards are stored under the train's current token; a new token puts all
 * older ones out of reach.
 */
export async function currentToken(cache: Keyv, id: number): Promise<string> {
  return (await withinLimit(cache.get<string>(`token_${id}`))) ?? renewToken(cache, id);
}

/** Random, so that a token that was lost never comes back. */
export async function renewToken(cache: Keyv, id: number): Promise<string> {
  const token = crypto.randomUUID();
  await withinLimit(cache.set(`token_${id}`, token, ONE_DAY));
  return token;
}

/**
 * Undefined when the cache rejects or keeps us waiting: the board can do
 * without it.
 */
export async function withinLimit<Result>(work: Promise<Result>): Promise<Result | undefined> {
  const { promise: limit, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), LIMIT);
  try {
    return await Promise.race([work, limit]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
