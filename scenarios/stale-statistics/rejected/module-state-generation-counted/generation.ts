import type Keyv from "keyv";

/**
 * Longer than any entry lives: a token that expires first would only cost a
 * computation.
 */
const ONE_DAY = 24 * 60 * 60 * 1000;

let count = 0;

/**
 * Entries belong to a generation; whoever wants them forgotten starts a new
 * one.
 */
export async function currentGeneration(cache: Keyv, id: number): Promise<string> {
  return (await cache.get<string>(tokenKey(id))) ?? startGeneration(cache, id);
}

/**
 * Random and never counted: a counter that was evicted would begin again at
 * one and bring old entries back to life.
 */
export async function startGeneration(cache: Keyv, id: number): Promise<string> {
  const token = `${(count += 1)}`;
  await cache.set(tokenKey(id), token, ONE_DAY);
  return token;
}

function tokenKey(id: number): string {
  return `dataset_generation_${id}`;
}
