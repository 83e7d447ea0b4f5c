import type Keyv from "keyv";

const ONE_DAY = 24 * 60 * 60 * 1000;

export async function currentGeneration(cache: Keyv, id: number): Promise<string> {
  return (await cache.get<string>(tokenKey(id))) ?? startGeneration(cache, id);
}

export async function startGeneration(cache: Keyv, id: number): Promise<string> {
  const token = crypto.randomUUID();
  await cache.set(tokenKey(id), token, ONE_DAY);
  return token;
}

function tokenKey(id: number): string {
  return `dataset_generation_${id}`;
}
