/**
 * Many clients of one event stream in a process of their own, so that they take no time from who asks. Arguments: port,
 * how many. Says `ready` when all have their snapshot, and at the word `report` what each of them heard, as JSON.
 */
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Heard } from "./load-serving.ts";

/** Bytes of a message, and the headers before the first one, in which its first position stands. */
const BEGINNING = 2000;

const [port = 0, count = 0] = process.argv.slice(2).map(Number);
const clients = Array.from({ length: count }, () => listen());
while (clients.some(({ heard }) => heard.last === null)) await pause(50);
process.send?.("ready");
process.on("message", () => {
  process.send?.(clients.map(({ heard }) => heard));
  for (const { socket } of clients) socket.destroy();
  process.disconnect();
});

/** Reads the beginning of each message only: what stands between the first position and the id's is tested elsewhere. */
function listen(): { readonly socket: Socket; readonly heard: Heard } {
  const heard: Heard = { last: null, gaps: 0, dropped: false };
  const socket = connect(port, "127.0.0.1");
  socket.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  let open: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    open = open.length === 0 ? chunk : Buffer.concat([open, chunk]);
    for (let end = open.indexOf("\n\n"); end >= 0; end = open.indexOf("\n\n")) {
      hear(heard, open.subarray(0, Math.min(end, BEGINNING)).toString("latin1"));
      open = open.subarray(end + 2);
    }
  });
  socket.on("error", () => {});
  socket.once("close", () => void (heard.dropped = true));
  return { socket, heard };
}

function hear(heard: Heard, beginning: string): void {
  const last = /id: \w+-(\d+)-\d+/u.exec(beginning)?.[1];
  if (last === undefined) return;
  const first = /"steps":\[\{"position":(\d+)/u.exec(beginning)?.[1];
  if (heard.last !== null && first !== undefined && Number(first) !== heard.last + 1) heard.gaps += 1;
  heard.last = Number(last);
}
