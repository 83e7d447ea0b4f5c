/** How a serving process ended, in words for who wrote the handlers. */
import type { live } from "../runner/index.ts";
import type { HandlerFault } from "../vocabulary.ts";

/** MiB of heap. */
export const SERVING_MEMORY = 512;

const OUT_OF_MEMORY = /heap out of memory/u;

/** `loading`: the file that was being imported; null: none was. */
export function faultOf(end: live.ChildEnd, loading: string | null): HandlerFault {
  const what = loading === null ? "A request" : `Loading ${loading}`;
  const location = end.location ?? (loading === null ? null : { file: loading, line: 1, column: 1 });
  if (end.kind !== "exited")
    return { message: `${what} never came back: look for a loop that does not end.`, location };
  if (OUT_OF_MEMORY.test(end.printed))
    return { message: `${what} used more than ${SERVING_MEMORY} MiB of memory.`, location };
  return { message: `${what} ended the service (exit code ${end.code ?? "none"}).`, location };
}
