/** What it takes to serve a scenario for as long as somebody wants, under one name. */
import { connectTo } from "./connect-to.ts";
import { importHandlers, redirectBareImports } from "./load-handlers.ts";
import { LiveService } from "./live-service.ts";
import { installServiceClock } from "./service-clock.ts";
import { randomBytes } from "node:crypto";
import { startTicker } from "./ticker.ts";

export const serving: {
  readonly Service: typeof LiveService;
  readonly installClock: typeof installServiceClock;
  readonly importHandlers: typeof importHandlers;
  readonly redirectBareImports: typeof redirectBareImports;
  readonly startTicker: typeof startTicker;
  readonly connectTo: typeof connectTo;
  /** A word that nobody can guess; lower-case letters and digits. */
  readonly secret: () => string;
} = {
  Service: LiveService,
  installClock: installServiceClock,
  importHandlers,
  redirectBareImports,
  startTicker,
  connectTo,
  secret,
};

function secret(): string {
  return randomBytes(10).toString("hex");
}
