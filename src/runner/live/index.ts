/** The front door of the live half of the runner: a service in real time, and a story played on it. */
export { openLiveWorld } from "./live-app.ts";
export type { LiveWorld } from "./live-app.ts";
export { demonstrate, NeverAnswered, recordSteps } from "./demonstrate.ts";
export type { Progress } from "./demonstrate.ts";
export { locate } from "./handler-location.ts";
export { endWithParent } from "./end-with-parent.ts";
export { loadHandlers } from "./load-handlers.ts";
export { planTraffic } from "./plan-traffic.ts";
export { playTraffic } from "./play-traffic.ts";
export { installVirtualTime } from "./virtual-time.ts";
export { serving } from "./serving.ts";
export type { Heard, LiveListener, SharedOrder } from "./live-listener.ts";
export { parseCacheAddress } from "./redis/cache-address.ts";
export { sharedCache } from "./shared-cache.ts";
export { type ChildEnd, type ProcessHost, supervise, type Tell } from "./supervise.ts";
