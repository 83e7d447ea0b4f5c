/** From a request that a scenario names to one as it comes over the wire. Sends nothing. */
import type { Call } from "./effect.ts";
import type { Player } from "./player.ts";

/**
 * Requests come from one of these by turns, as in real life from several. With a single one, a handler that does right
 * by it alone, or by everybody else, could not be told from one that does right.
 */
const CLIENTS = [
  {
    scheme: "http",
    headers: {
      host: "localhost:3000",
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64)",
      accept: "application/json, text/plain",
      "accept-language": "en",
      "accept-encoding": "gzip, br",
    },
    query: "",
    layout: (body: string): string => body,
  },
  // Nothing of this is part of the question, or of the answer; the query is of a link that counts its visitors.
  {
    scheme: "https",
    headers: {
      host: "127.0.0.1:8080",
      "user-agent": "Mozilla/5.0 (compatible; examplebot/1.0)",
      accept: "*/*",
      "accept-language": "nl-BE, nl;q=0.8",
      authorization: "Bearer 7c1f0a52",
      cookie: "theme=dark",
      prefer: "respond-async",
      referer: "https://example.org/",
    },
    query: "utm_source=mail",
    layout: padded,
  },
] as const;

const BLANKS = " ".repeat(100);

/** The same JSON, and longer. What is none is left as it is. */
function padded(body: string): string {
  return body.startsWith("{") && body.endsWith("}") ? `${BLANKS}${body}\n` : body;
}

/** `instance`: which one serves it. */
export function toCall(actor: number, player: Player, instance: 0 | 1): Call {
  const { spec, method } = player;
  const { scheme, headers: sent, layout } = clientOf(actor);
  const body = spec.body === undefined ? null : layout(spec.body);
  const headers = { ...sent, ...(body === null ? {} : describe(body)), ...spec.headers };
  const url = `${scheme}://${sent.host}${spec.path}${queryOf(actor, player)}`;
  return { actor, instance, method, url, headers, body };
}

/** What the client adds to the path of a read or a write: `?utm_source=mail`, or nothing. */
export function queryOf(actor: number, { spec, role }: Player): string {
  const { query } = clientOf(actor);
  if ((role !== "read" && role !== "write") || query === "") return "";
  return `${spec.path.includes("?") ? "&" : "?"}${query}`;
}

function clientOf(actor: number): (typeof CLIENTS)[number] {
  return actor % 2 === 0 ? CLIENTS[0] : CLIENTS[1];
}

function describe(body: string): Record<string, string> {
  return { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
}
