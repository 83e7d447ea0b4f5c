interface Entry<Value> {
  readonly value: Value;
  readonly expires: number;
}

const entries = new Map<string, Entry<unknown>>();

export function remember<Value>(key: string, value: Value, timeToLive: number): void {
  entries.set(key, { value, expires: Date.now() + timeToLive });
}

export function recall<Value>(key: string): Value | undefined {
  const entry = entries.get(key);
  if (!entry || entry.expires < Date.now()) return undefined;
  return entry.value as Value;
}

export function forget(key: string): void {
  entries.delete(key);
}
