/** Tries what the services of a workshop need of the network: a port of this machine, and a Redis where one is meant. */
import { createServer, connect as connectPlain, type Socket } from "node:net";
import { connect as connectSecure } from "node:tls";
import { WorkshopError } from "../errors.ts";
import { live } from "../runner/index.ts";
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

/** Nothing in the workshop needs one: only an address that somebody has configured is tried, as `--cache` takes it. */
export async function checkRedis(address: string | undefined, patience: number = PATIENCE): Promise<MachineFinding> {
  if (address === undefined || address === "") return skipped("redis", "not configured (REDIS_URL), and not needed");
  const advice = "Start it, correct REDIS_URL, or unset it: nothing here needs a Redis.";
  const place = readAddress(address);
  if (place instanceof WorkshopError)
    return failed("redis", place.message, `${place.hint} Or unset REDIS_URL: nothing here needs a Redis.`);
  try {
    const answer = await ask(place, patience);
    // Asking for a password is an answer too, where none was given.
    if (/^(?:\+PONG|\+OK|-NOAUTH)/u.test(answer)) return ok("redis", `${place.shown} answers`);
    if (answer.startsWith("-")) return failed("redis", `${place.shown}: ${answer.slice(1).trim()}`, advice);
    return failed("redis", `${place.shown} answers, but not like a Redis`, advice);
  } catch (error) {
    return failed("redis", `${place.shown}: ${wordsOf(error)}`, advice);
  }
}

type Address = ReturnType<typeof live.parseCacheAddress>;

function readAddress(text: string): Address | WorkshopError {
  try {
    return live.parseCacheAddress(text, "REDIS_URL");
  } catch (error) {
    if (error instanceof WorkshopError) return error;
    throw error;
  }
}

/** The first piece of what comes back: to the user and password, where there are any, or else to a ping. */
async function ask({ socket: to, username, password }: Address, patience: number): Promise<string> {
  const socket: Socket = "tls" in to ? connectSecure(to) : connectPlain(to);
  const words = password === undefined ? ["PING"] : ["AUTH", username ?? "default", password];
  const command = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("");
  const bound = AbortSignal.timeout(patience);
  try {
    return await new Promise<string>((resolve, reject) => {
      bound.addEventListener("abort", () => reject(new Error("no answer")));
      socket.once("error", reject);
      socket.once("close", () => reject(new Error("closed without an answer")));
      socket.once("data", (chunk: Buffer) => resolve(chunk.toString("latin1")));
      socket.write(`*${words.length}\r\n${command}`);
    });
  } finally {
    socket.destroy();
  }
}
