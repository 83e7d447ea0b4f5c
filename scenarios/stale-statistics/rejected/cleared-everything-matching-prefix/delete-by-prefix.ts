import type Keyv from "keyv";

export async function deleteByPrefix(cache: Keyv, prefix: string): Promise<void> {
  const keys: string[] = [];
  for await (const [key] of cache.iterator?.(cache.namespace) ?? []) {
    if (String(key).startsWith(prefix)) keys.push(String(key));
  }
  await cache.deleteMany(keys);
}
