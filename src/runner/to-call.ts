/** From a request that a scenario names to one as it comes over the wire. Sends nothing. */
import type { Call } from "./effect.ts";
import type { Player } from "./player.ts";

/**
 * Requests come from one of these by turns, as in real life from several. With a single one, a handler that does right
 * by it alone, or by everybody else, could not be told from one that does right.
 */
const CLIENTS = [
  {
    headers: {
      host: "localhost:3000",
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64)",
      accept: "application/json, text/plain",
      "accept-language": "en",
      "accept-encoding": "gzip, br",
    },
    query: "",
  },
  // It came by a link that counts its visitors: no part of the question, and none of the answer.
  { headers: { host: "127.0.0.1:8080", "user-agent": "curl/8.9.1", accept: "*/*" }, query: "utm_source=mail" },
] as const;

/** `instance`: which one serves it. */
export function toCall(actor: number, player: Player, instance: 0 | 1): Call {
  const { spec, method } = player;
  const { headers: sent } = clientOf(actor);
  const body = spec.body === undefined ? {} : describe(spec.body);
  const headers = { ...sent, ...body, ...spec.headers };
  const url = `http://${sent.host}${spec.path}${queryOf(actor, player)}`;
  return { actor, instance, method, url, headers, body: spec.body ?? null };
}

/** What the client adds to the path of a read: `?utm_source=mail`, or nothing. */
export function queryOf(actor: number, { spec, role }: Player): string {
  const { query } = clientOf(actor);
  if (role !== "read" || query === "") return "";
  return `${spec.path.includes("?") ? "&" : "?"}${query}`;
}

function clientOf(actor: number): (typeof CLIENTS)[number] {
  return actor % 2 === 0 ? CLIENTS[0] : CLIENTS[1];
}

function describe(body: string): Record<string, string> {
  return { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
}
