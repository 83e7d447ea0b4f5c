/** From a request that a scenario names to one as it comes over the wire. Sends nothing. */
import type { Call } from "./effect.ts";
import type { Player } from "./recorder.ts";

/**
 * Requests come from one of these by turns, as in real life from several. With a single one, a handler that does right
 * by it alone, or by everybody else, could not be told from one that does right.
 */
const CLIENTS = [
  {
    host: "localhost:3000",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64)",
    accept: "application/json, text/plain",
    "accept-language": "en",
    "accept-encoding": "gzip, br",
  },
  { host: "127.0.0.1:8080", "user-agent": "curl/8.9.1", accept: "*/*" },
] as const;

/** `instance`: which one serves it. */
export function toCall(actor: number, { spec, method }: Player, instance: 0 | 1): Call {
  const client = actor % 2 === 0 ? CLIENTS[0] : CLIENTS[1];
  const body = spec.body === undefined ? {} : describe(spec.body);
  const headers = { ...client, ...body, ...spec.headers };
  const url = `http://${client.host}${spec.path}`;
  return { actor, instance, method, url, headers, body: spec.body ?? null };
}

function describe(body: string): Record<string, string> {
  return { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
}
