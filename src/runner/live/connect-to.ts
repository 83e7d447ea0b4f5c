/** A connection to a socket that another process of this machine listens on, or soon will again. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds between two tries, and until it is given up: a process that is started again needs a moment. */
const PAUSE = 50;
const PATIENCE = 10_000;

/** Rejects with why the last try failed. `path`: of a Unix socket, or of a named pipe. */
export async function connectTo(path: string): Promise<Socket> {
  const started = performance.now();
  for (;;) {
    const socket = connect(path);
    try {
      await once(socket, "connect");
      return socket;
    } catch (error) {
      socket.destroy();
      if (performance.now() - started > PATIENCE) throw error;
    }
    await pause(PAUSE);
  }
}
