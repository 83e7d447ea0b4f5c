import type Keyv from "keyv";

const ONE_DAY = 24 * 60 * 60 * 1000;

export async function currentToken(cache: Keyv, id: number): Promise<string> {
  return (await cache.get<string>(`token_${id}`)) ?? renewToken(cache, id);
}

export async function renewToken(cache: Keyv, id: number): Promise<string> {
  const token = crypto.randomUUID();
  await cache.set(`token_${id}`, token, ONE_DAY);
  return token;
}
