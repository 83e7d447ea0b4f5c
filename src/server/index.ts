/** The front door of the server room: a service over HTTP, with the page in front of it. */
export { serveService } from "./serve-service.ts";
export type { Serving } from "./serve-service.ts";
