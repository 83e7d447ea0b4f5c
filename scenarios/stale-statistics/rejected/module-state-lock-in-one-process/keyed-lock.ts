const tails = new Map<string, Promise<unknown>>();

/** Runs `work` when all earlier work under the same key is done. */
export async function withLock<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const turn = (tails.get(key) ?? Promise.resolve()).then(work);
  const tail = turn.catch(() => undefined);
  tails.set(key, tail);
  try {
    return await turn;
  } finally {
    if (tails.get(key) === tail) tails.delete(key);
  }
}
