/** For work whose end nobody waits for. */

/** What goes wrong in work that nobody waits for is nobody's answer: it ends the process like any bug. */
export function unawaited(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    queueMicrotask(() => {
      throw error;
    });
  });
}
