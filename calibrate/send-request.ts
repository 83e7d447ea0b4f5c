/** One HTTP request to one server, as any client sends it. Gives the answer, or null when none came; never rejects. */
import type { Json, RequestSpec, Route } from "../src/vocabulary.ts";
import type { Answer } from "./oracle.ts";

/** Milliseconds that an answer may take. */
const PATIENCE = 3_000;

export async function sendRequest(to: {
  address: string;
  routes: readonly Route[];
  request: RequestSpec;
}): Promise<Answer | null> {
  const { address, request } = to;
  const method = to.routes.find(({ id }) => id === request.route)?.method ?? "GET";
  const { body, headers } = request;
  const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  try {
    const response = await fetch(`${address}${request.path}`, {
      method,
      headers: { ...type, ...headers },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: response.status, body: parsed(await response.text()) };
  } catch {
    return null;
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
