/**
 * Child side of the confirm run: a local host whose commands come over the pipe and whose activity goes back over it.
 * Holds no database, no cache, no gate and no judge.
 */
import process from "node:process";
import type { AtRest } from "./at-rest.ts";
import type { Activity, PendingEffect, PendingTimer } from "./effect.ts";
import type { Command, FromChild, ToChild } from "./host-protocol.ts";
import type { LocalHost } from "./local-host.ts";
import { createHostOpener } from "./open-local-host.ts";
import { wearPlainProcess } from "./plain-process.ts";

/** Both as for `createHostOpener`. */
export function serveHost(resolve: (specifier: string) => string | null, epoch: number): void {
  // Handlers are refused `process.send`, and `_send`, which it goes through.
  const line = Object.create(process, { _send: { value: Reflect.get(process, "_send") } }) as NodeJS.Process;
  const send = process.send?.bind(line);
  const say = (message: FromChild): void => void send?.(message);
  wearPlainProcess();
  const openHost = createHostOpener(resolve, epoch);
  let hosts: Hosts | null = null;
  const answer = async (message: ToChild): Promise<void> => {
    if (message.kind === "load") {
      const opened = await openHost(message);
      hosts = "host" in opened ? { ...opened, lanes: [opened.host] } : null;
      say("fault" in opened ? { kind: "fault", fault: opened.fault } : { kind: "loaded" });
    } else if (hosts !== null) {
      say({ kind: "activity", activities: await play(hosts, message) });
    }
  };
  // One message at a time: the parent waits for each answer before it goes on. Errors end the process, which tells.
  process.on("message", (message: ToChild) => {
    answer(message).catch((error: unknown) => {
      // Before the guard listens, only Node can end the process.
      if (!process.emit("uncaughtException", toError(error))) throw error;
    });
  });
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** One for each of the worlds that are played side by side. */
interface Hosts {
  readonly lanes: LocalHost[];
  readonly besides: () => LocalHost;
  readonly atRest: AtRest;
}

async function play(hosts: Hosts, { parts, mode }: Extract<ToChild, { kind: "play" }>): Promise<Activity[]> {
  const playing = parts.map(({ lane, commands }) => {
    const host = (hosts.lanes[lane] ??= hosts.besides());
    for (const command of commands) perform(host, command);
    return host;
  });
  await hosts.atRest(mode);
  return playing.map((host) => host.take());
}

function perform(host: LocalHost, command: Command): void {
  switch (command.kind) {
    case "open":
      return host.open(command.opening);
    case "arrive":
      return host.arrive(command.call);
    case "reply":
      return host.reply({ id: command.id, actor: command.actor } as PendingEffect, command.reply);
    case "fire":
      return host.fire({ id: command.id } as PendingTimer);
    case "clock":
      return host.setClock(command.now);
    default:
      return command satisfies never;
  }
}
