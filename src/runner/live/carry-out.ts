/** What each order to a service does. Takes the parts that do it; some of it has to happen in every process. */
import type { ControlOrder } from "../../vocabulary.ts";
import type { Crowd } from "./crowd.ts";
import type { LiveCache } from "./live-cache.ts";
import type { SharedOrder } from "./live-listener.ts";

export interface OrderParts {
  readonly crowd: Crowd;
  readonly cache: Pick<LiveCache, "empty" | "age">;
  readonly everywhere: (order: SharedOrder) => Promise<void>;
  readonly copyDatabase: () => Promise<string>;
}

const MINUTE = 60_000;

export async function carryOut(order: ControlOrder, parts: OrderParts): Promise<void> {
  const { crowd, cache, everywhere, copyDatabase } = parts;
  switch (order.kind) {
    case "look":
      return;
    case "write":
      return await crowd.write(order.count);
    case "stream":
      return crowd.stream(order.perSecond);
    case "clear-cache":
      return cache.empty();
    case "advance":
      await everywhere({ kind: "advance", milliseconds: order.minutes * MINUTE });
      return await cache.age(order.minutes * MINUTE); // once: it is the same for every process
    case "outage":
      return await everywhere(order);
    case "start-again":
      return await everywhere({ kind: "start-again", databaseFile: await copyDatabase() });
    default:
      return order satisfies never;
  }
}
