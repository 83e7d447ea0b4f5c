/** What a served scenario has counted so far, read from its `/metrics`. Knows the names there, and nothing of who counts. */

export interface ServiceCounters {
  readonly hits: number;
  readonly misses: number;
  /** Answers that were true at no moment while they were under way: held against the database by the service. */
  readonly staleAnswers: number;
}

/** null: whoever answers there is no served scenario, and counts nothing. */
export async function readCounters(address: string): Promise<ServiceCounters | null> {
  try {
    const response = await fetch(`${address}/metrics`);
    return response.ok ? countersIn(await response.text()) : null;
  } catch {
    return null;
  }
}

export function countersIn(text: string): ServiceCounters | null {
  const count = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, "mu").exec(text)?.[1]);
  const [hits, misses] = [count("cache_hits_total"), count("cache_misses_total")];
  const staleAnswers = count("stale_answers_total");
  return [hits, misses, staleAnswers].some(Number.isNaN) ? null : { hits, misses, staleAnswers };
}

/** From 0 to 1; null: nobody has asked the cache. */
export function hitRate({ hits, misses }: Pick<ServiceCounters, "hits" | "misses">): number | null {
  return hits + misses === 0 ? null : hits / (hits + misses);
}

export function since(before: ServiceCounters, after: ServiceCounters): ServiceCounters {
  return {
    hits: after.hits - before.hits,
    misses: after.misses - before.misses,
    staleAnswers: after.staleAnswers - before.staleAnswers,
  };
}
