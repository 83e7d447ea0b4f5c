import type { Context } from "stale-stats";

interface InvalidationRule {
  readonly method: string;
  readonly path: RegExp;
  readonly key: (id: string) => string;
}

const RULES: readonly InvalidationRule[] = [
  { method: "POST", path: /^\/downloads\/(\d+)/, key: (id) => `dataset_stats_${id}` },
];

/** Deletes every cache entry that the current request makes outdated. Call it when the write is done. */
export async function applyInvalidationRules(c: Context): Promise<void> {
  for (const rule of RULES) {
    const id = rule.path.exec(c.req.path)?.[1];
    if (rule.method === c.req.method && id !== undefined) await c.var.cache.delete(rule.key(id));
  }
}
