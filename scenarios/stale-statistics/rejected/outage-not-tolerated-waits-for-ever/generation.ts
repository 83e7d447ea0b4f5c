import type Keyv from "keyv";
import { orUndefined } from "./tolerant-cache.ts";

const ONE_DAY = 24 * 60 * 60 * 1000;

export async function currentGeneration(cache: Keyv, id: number): Promise<string> {
  return (await orUndefined(cache.get<string>(tokenKey(id)))) ?? startGeneration(cache, id);
}

export async function startGeneration(cache: Keyv, id: number): Promise<string> {
  const token = crypto.randomUUID();
  await orUndefined(cache.set(tokenKey(id), token, ONE_DAY));
  return token;
}

function tokenKey(id: number): string {
  return `dataset_generation_${id}`;
}
