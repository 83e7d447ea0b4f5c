/** Those who write to a running service: a few at once, or so many a second until told otherwise. Takes a way to ask. */
import { setTimeout as pause } from "node:timers/promises";
import type { RequestSpec, Scenario } from "../../vocabulary.ts";
import { unawaited } from "./unawaited.ts";
import { methodOf } from "./viewer.ts";

export interface Crowd {
  /** One after the other; resolves when all are answered. Who waits too long is not waited for. */
  write(count: number): Promise<void>;
  /** So many a second from now on; 0 ends it. */
  stream(perSecond: number): void;
  readonly perSecond: number;
}

export interface CrowdParts {
  readonly scenario: Pick<Scenario, "routes" | "story">;
  readonly ask: (request: Request) => Promise<unknown>;
  /** Milliseconds to wait for the answer to one write before the next is sent. */
  readonly patience: number;
  /** Done once a second while a stream runs. */
  readonly meanwhile: () => Promise<void>;
}

/** Writes of a stream that are not answered yet: a service that hangs gets no more. */
const MOST_UNANSWERED = 500;

export function createCrowd(parts: CrowdParts): Crowd {
  let next = 0;
  let unanswered = 0;
  let perSecond = 0;
  let timers: readonly ReturnType<typeof setInterval>[] = [];
  const send = async (): Promise<void> => {
    const { count, request } = parts.scenario.story.crowd;
    const spec = request(next % count);
    next += 1;
    unanswered += 1;
    try {
      await parts.ask(requestOf(parts, spec));
    } finally {
      unanswered -= 1;
    }
  };
  const sendUnawaited = (): void => {
    if (unanswered < MOST_UNANSWERED) unawaited(send());
  };
  return {
    get perSecond() {
      return perSecond;
    },
    write: async (count) => {
      for (let n = 0; n < count; n += 1) await Promise.race([send(), pause(parts.patience, undefined, { ref: false })]);
    },
    stream: (rate) => {
      for (const timer of timers) clearInterval(timer);
      perSecond = rate;
      const meanwhile = (): void => unawaited(parts.meanwhile());
      timers = rate === 0 ? [] : [setInterval(sendUnawaited, 1000 / rate), setInterval(meanwhile, 1000)];
    },
  };
}

function requestOf({ scenario }: CrowdParts, spec: RequestSpec): Request {
  const type: Record<string, string> = spec.body === undefined ? {} : { "content-type": "application/json" };
  return new Request(`http://localhost${spec.path}`, {
    method: methodOf(scenario.routes, spec.route),
    headers: { ...type, ...spec.headers },
    ...(spec.body === undefined ? {} : { body: spec.body }),
  });
}
