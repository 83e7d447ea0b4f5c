import type Keyv from "keyv";

const ONE_HOUR = 60 * 60 * 1000;
/**
 * A group must outlive its members, or a member could be left behind that
 * nobody remembers.
 */
const TWO_HOURS = 2 * ONE_HOUR;

/**
 * Enters the key into the group before the value is stored: a value without a
 * group could never be dropped.
 */
export async function storeInGroup(cache: Keyv, group: string, entry: { key: string; value: unknown }): Promise<void> {
  const members = await membersOf(cache, group);
  await cache.set(group, [...new Set([...members, entry.key])], TWO_HOURS);
  await cache.set(entry.key, entry.value, ONE_HOUR);
}

/**
 * Drops every entry of the group, whoever stored it; nothing outside it is
 * touched.
 */
export async function dropGroup(cache: Keyv, group: string): Promise<void> {
  await cache.deleteMany(await membersOf(cache, group));
}

async function membersOf(cache: Keyv, group: string): Promise<string[]> {
  return (await cache.get<string[]>(group)) ?? [];
}
