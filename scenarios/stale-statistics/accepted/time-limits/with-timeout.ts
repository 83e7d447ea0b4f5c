/** What the work gives, or undefined when it fails or takes longer. The database serves better than a cache that does. */
export async function withTimeout<T>(work: Promise<T>, ms = 200): Promise<T | undefined> {
  const timeout = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms));
  return await Promise.race([work.catch(() => undefined), timeout]);
}
