/** Refuses bodies that are larger than any request of a lesson needs, before or while they arrive. */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { NodeEnv } from "./served-service.ts";

/** Bytes. */
const MOST_BODY = 65_536;

export function limitBody(
  fetch: (request: Request, env: NodeEnv) => Response | Promise<Response>,
): (request: Request, env: NodeEnv) => Response | Promise<Response> {
  const app = new Hono<{ Bindings: NodeEnv }>();
  app.use(bodyLimit({ maxSize: MOST_BODY, onError: () => tooLarge() }));
  app.all("*", (c) => fetch(c.req.raw, c.env));
  return (request, env) => app.fetch(request, env);
}

function tooLarge(): Response {
  const error = { message: `The body is larger than ${MOST_BODY / 1024} kB.`, hint: "Send less at once." };
  return Response.json({ error }, { status: 413, headers: { connection: "close" } });
}
