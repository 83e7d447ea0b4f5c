/**
 * The cache makes things faster; it may not make them fail. Undefined when it
 * rejects.
 */
export async function orWithout<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch {
    return undefined;
  }
}
