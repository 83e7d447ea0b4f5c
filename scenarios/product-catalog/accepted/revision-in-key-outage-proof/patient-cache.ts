/** A healthy cache answers in a millisecond or two; whoever waits longer than this is better served by the database. */
const LIMIT = 250;

/** Undefined when the cache rejects or takes too long: it may be gone, an answer may not. */
export async function withinLimit<Result>(work: Promise<Result>): Promise<Result | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), LIMIT);
  });
  try {
    return await Promise.race([work, limit]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
