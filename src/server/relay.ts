/**
 * Hands a request on to the process that answers it for all, and its answer back, as it comes: an event stream stays
 * open. Takes a way to connect; reads neither.
 */
import { type IncomingMessage, request, type RequestOptions } from "node:http";
import type { Socket } from "node:net";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { NodeEnv } from "./served-service.ts";

export type Connect = () => Promise<Socket>;

/** Who asked is told that nobody answers by the end of the connection: an event stream is then opened again. */
export async function relay(connect: Connect, { incoming, outgoing }: NodeEnv): Promise<Response> {
  try {
    const socket = await connect();
    const { method, url: path } = incoming;
    const headers = { ...incoming.headers, connection: "close" }; // this one; the asker's own goes on
    const answer = await asked({ createConnection: () => socket, method, path, headers }, { incoming, outgoing });
    const { connection: _, ...answered } = answer.headers;
    outgoing.writeHead(answer.statusCode ?? 502, answered);
    outgoing.flushHeaders();
    answer.once("error", () => outgoing.destroy());
    answer.pipe(outgoing);
  } catch {
    outgoing.destroy();
  }
  return RESPONSE_ALREADY_SENT;
}

async function asked(options: RequestOptions, { incoming, outgoing }: NodeEnv): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = request(options);
  sent.once("response", resolve);
  sent.on("error", reject);
  outgoing.once("close", () => sent.destroy());
  incoming.pipe(sent);
  return await promise;
}
