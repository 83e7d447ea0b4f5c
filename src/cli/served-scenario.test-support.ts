/** The real `serve` over a workshop of its own, asked as a page asks: orders, the event stream, bare requests. Needs a build. */
import { request } from "node:http";
import { onTestFinished, vi } from "vitest";
import type { ControlOrder, Json, LiveFrame, LiveSnapshot, LiveState } from "../vocabulary.ts";
import type { Running } from "./watched-folder.test-support.ts";

const PATIENCE = { timeout: 60_000 };

type Event = (LiveSnapshot | LiveFrame) & { readonly event: "snapshot" | "frame"; readonly id: string };

export interface ServedScenario {
  readonly address: string;
  readonly token: string;
  readonly port: number;
  order<Kind extends ControlOrder["kind"]>(
    kind: Kind,
    rest?: Omit<Extract<ControlOrder, { kind: Kind }>, "kind">,
  ): Promise<LiveState>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<{ status: number; text: string }>;
  post(path: string, body: Json): Promise<{ status: number; text: string }>;
  state(): Promise<LiveState>;
  /** Resolves with the state once it is so. */
  until(so: (state: LiveState) => boolean): Promise<LiveState>;
}

/** Reads what `serve` prints at the start. */
export async function servedBy(running: Running): Promise<ServedScenario> {
  await running.seen("Ctrl-C");
  const [, port = "", token = ""] = /http:\/\/127\.0\.0\.1:(\d+)\/#token=(\w+)/u.exec(running.text()) ?? [];
  const address = `http://127.0.0.1:${port}`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const ask = async (path: string, init: RequestInit): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${address}${path}`, init);
    return { status: response.status, text: await response.text() };
  };
  const order: ServedScenario["order"] = async (kind, rest) => {
    const { status, text } = await ask(`/api/${kind}`, { method: "POST", headers, body: JSON.stringify(rest ?? {}) });
    if (status !== 200) throw new Error(`${kind}: ${status} ${text}`);
    return JSON.parse(text) as LiveState;
  };
  const state = async (): Promise<LiveState> => (await firstEvent(Number(port))).state as LiveState;
  return {
    address,
    token,
    port: Number(port),
    order,
    get: (path, given = {}) => ask(path, { headers: given }),
    post: (path, body) =>
      ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    state,
    until: async (so) => {
      let now: LiveState | null = null;
      await vi.waitUntil(async () => {
        now = await state().catch(() => null); // it may be starting again
        return now !== null && so(now);
      }, PATIENCE);
      if (now === null) throw new Error("no state came");
      return now;
    },
  };
}

/** With headers that `fetch` sets by itself. */
export async function askAs(asked: {
  port: number;
  path: string;
  headers: Readonly<Record<string, string>>;
}): Promise<{ status: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number }>();
  const sent = request({ ...asked, host: "127.0.0.1", agent: false }, (response) => {
    response.resume();
    response.once("end", () => resolve({ status: response.statusCode ?? 0 }));
  });
  sent.once("error", reject);
  sent.end();
  return await promise;
}

export interface EventStream {
  /** So far. */
  readonly events: readonly Event[];
  until(so: (events: readonly Event[]) => boolean): Promise<void>;
  close(): void;
}

/** `after`: the id of the last event that was heard. */
export function listen(port: number, after?: string): EventStream {
  const events: Event[] = [];
  let text = "";
  const headers: Record<string, string> = after === undefined ? {} : { "last-event-id": after };
  const asked = request({ port, host: "127.0.0.1", path: "/events", headers, agent: false }, (response) => {
    response.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const messages = text.split("\n\n");
      text = messages.pop() ?? "";
      for (const message of messages) events.push(...parsed(message));
    });
    response.on("error", () => {});
  });
  asked.on("error", () => {});
  asked.end();
  onTestFinished(() => void asked.destroy());
  return {
    events,
    until: async (so) => {
      await vi.waitUntil(() => so(events), PATIENCE);
    },
    close: () => void asked.destroy(),
  };
}

function parsed(message: string): Event[] {
  const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, "mu").exec(message)?.[1];
  const [data, event, id] = [field("data"), field("event"), field("id")];
  if (data === undefined || id === undefined || (event !== "snapshot" && event !== "frame")) return [];
  return [{ ...(JSON.parse(data) as LiveSnapshot), event, id }];
}

async function firstEvent(port: number): Promise<Event> {
  const stream = listen(port);
  await stream.until((events) => events.length > 0);
  stream.close();
  const [first] = stream.events;
  if (first === undefined) throw new Error("no event came");
  return first;
}
