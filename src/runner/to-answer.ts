/** From a handler's response to what of it goes back to the client: the rest of its headers is nobody's concern here. */
import type { Answer } from "./effect.ts";

export async function toAnswer(response: Response): Promise<Omit<Answer, "actor" | "error">> {
  const { status, headers } = response;
  const etag = headers.get("etag");
  return {
    status,
    contentType: headers.get("content-type"),
    cacheControl: headers.get("cache-control"),
    ...(etag === null ? {} : { etag }),
    text: await response.text(),
  };
}
