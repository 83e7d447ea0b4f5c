/**
 * The service that a load test is sent to: one of its own, started for it and ended with it, or one that runs already.
 * Keeps a machine that is somebody else's from being kept busy by mistake.
 */
import { WorkshopError } from "../errors.ts";
import type { Io } from "./io.ts";
import { run as serve } from "./serve.ts";
import type { ServiceName } from "./serve-source.ts";

export interface TargetOptions {
  readonly scenario: string;
  readonly url?: string;
  readonly iOwnThisHost?: boolean;
  readonly service?: ServiceName;
  readonly cache?: string;
}

/** Throws a usage error for an address that is none, or that is on another machine without a word about it. */
export async function withTarget<Result>(
  { options, io, signal }: { options: TargetOptions; io: Io; signal: AbortSignal },
  body: (address: string) => Promise<Result>,
): Promise<Result> {
  if (options.url !== undefined) return body(await answering(checkedAddress(options)));
  const over = new AbortController();
  const { promise: serving, resolve } = Promise.withResolvers<string>();
  const ended = serve(
    { ...options, port: 0, onServing: resolve },
    { ...io, out: () => undefined, interrupted: AbortSignal.any([over.signal, signal]) },
  );
  try {
    const address = await Promise.race([serving, ended.then(() => cutShort(signal))]);
    return await Promise.race([body(address), ended.then(() => cutShort(signal))]);
  } finally {
    over.abort();
    await ended;
  }
}

/** Rejects after an interruption as well: nothing was measured then. */
function cutShort(signal: AbortSignal): never {
  signal.throwIfAborted();
  throw new WorkshopError({
    code: "environment",
    message: "The service ended before the load test did.",
    hint: "See what it says: stale-stats serve",
  });
}

async function answering(address: string): Promise<string> {
  try {
    await fetch(address, { method: "HEAD" });
    return address;
  } catch (cause) {
    const message = `Nobody answers at ${address}.`;
    const hint = "Start the service with stale-stats serve, and copy the address that it prints.";
    throw new WorkshopError({ code: "environment", message, hint, cause });
  }
}

function checkedAddress({ url = "", iOwnThisHost, service, cache }: TargetOptions): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/u.test(parsed.protocol))
    throw usage(
      `--url must be an address such as http://127.0.0.1:4100, not ${url}.`,
      "Copy the one that serve prints.",
    );
  if (service !== undefined || cache !== undefined)
    throw usage(
      "--service and --cache are for a service of the load test's own.",
      "Give them to serve, or leave out --url.",
    );
  if (iOwnThisHost !== true && !isLoopback(parsed.hostname))
    throw usage(
      `${parsed.hostname} is another machine, and a load test keeps it busy and writes to it.`,
      "Add --i-own-this-host if it is yours to keep busy.",
    );
  return parsed.origin;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/u.test(hostname);
}

function usage(message: string, hint: string): WorkshopError {
  return new WorkshopError({ code: "usage", message, hint });
}
