/** Tries what the services of a workshop need of the network: a port of this machine, and a Redis where one is meant. */
import { createServer, connect as connectPlain, type Socket } from "node:net";
import { connect as connectSecure } from "node:tls";
import { failed, type MachineFinding, ok, skipped, wordsOf } from "./doctor-finding.ts";

export async function checkPort(): Promise<MachineFinding> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    return ok("port", `one is free on 127.0.0.1, such as ${typeof address === "object" ? address?.port : address}`);
  } catch (error) {
    return failed("port", wordsOf(error), "Allow programs to listen on 127.0.0.1 (a sandbox or firewall forbids it).");
  } finally {
    server.close();
  }
}

/** Milliseconds for the whole conversation. */
const PATIENCE = 2000;

/** Nothing in the workshop needs one: only an address that somebody has configured is tried. */
export async function checkRedis(address: string | undefined, patience: number = PATIENCE): Promise<MachineFinding> {
  if (address === undefined || address === "") return skipped("redis", "not configured (REDIS_URL), and not needed");
  const advice = "Start it, correct REDIS_URL, or unset it: nothing here needs a Redis.";
  if (!URL.canParse(address) || !/^rediss?:$/u.test(new URL(address).protocol))
    return failed("redis", "REDIS_URL is no address of the form redis://host:port", advice);
  const url = new URL(address);
  const place = `${url.hostname}:${url.port || "6379"}`;
  try {
    const answer = await ping(url, patience);
    // Asking for a password is an answer too.
    if (/^(?:\+PONG|-NOAUTH)/u.test(answer)) return ok("redis", `${place} answers`);
    return failed("redis", `${place} answers, but not like a Redis`, advice);
  } catch (error) {
    return failed("redis", `${place}: ${wordsOf(error)}`, advice);
  }
}

/** The first piece of what comes back. */
async function ping(url: URL, patience: number): Promise<string> {
  const to = { host: url.hostname.replaceAll(/[[\]]/gu, ""), port: Number(url.port || "6379") };
  const socket: Socket = url.protocol === "rediss:" ? connectSecure(to) : connectPlain(to);
  const bound = AbortSignal.timeout(patience);
  try {
    return await new Promise<string>((resolve, reject) => {
      bound.addEventListener("abort", () => reject(new Error("no answer")));
      socket.once("error", reject);
      socket.once("close", () => reject(new Error("closed without an answer")));
      socket.once("data", (chunk: Buffer) => resolve(chunk.toString("latin1")));
      socket.write("PING\r\n");
    });
  } finally {
    socket.destroy();
  }
}
