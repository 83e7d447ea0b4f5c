/** Event streams over real sockets: who reads hears everything, who does not is let go, and both without the other. */
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { LiveFrame, LiveStep } from "../vocabulary.ts";
import { dial, type Served, served, stateOf } from "./served.test-support.ts";

const arrival = (request: number, path = "/"): LiveStep => ({
  kind: "arrival",
  request,
  at: 0,
  duration: 0,
  method: "GET",
  path,
});

function positions(text: string): number[] {
  const data = text.matchAll(/^data: (.*)$/gmu);
  return [...data].flatMap(([, json = ""]) => (JSON.parse(json) as LiveFrame).steps.map(({ position }) => position));
}

async function listener(bench: Served, after?: string): ReturnType<typeof dial> {
  const line = await dial(bench.port);
  const last = after === undefined ? "" : `Last-Event-ID: ${after}\r\n`;
  line.socket.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1:${bench.port}\r\n${last}\r\n`);
  await line.until(after === undefined ? "event: snapshot" : "\n\n");
  return line;
}

/** Chunks have their lengths between them. */
const unchunked = (text: string): string => text.replaceAll(/\r\n[0-9a-f]+\r\n/gu, "\n");

test("the service hears that somebody has opened a page", async () => {
  let visits = 0;
  const bench = await served({ visited: () => void (visits += 1) });
  await (await fetch(`${bench.address}/health`)).text();
  expect(visits).toBe(0);
  await listener(bench);
  expect(visits).toBe(1);
});

test("each of many pages hears each step once and in order, from the snapshot on", async () => {
  const bench = await served({});
  for (let n = 1; n <= 3; n += 1) bench.tell.step(arrival(n));
  const lines = await Promise.all(Array.from({ length: 20 }, () => listener(bench)));
  for (let n = 4; n <= 9; n += 1) {
    bench.tell.step(arrival(n));
    bench.serving.flush();
  }
  await Promise.all(lines.map((line) => line.until('"position":9')));
  for (const line of lines) expect(positions(unchunked(line.heard()))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("who comes back with the id of a frame hears the rest, also what happened while nobody listened", async () => {
  const bench = await served({});
  const first = await listener(bench);
  bench.tell.step(arrival(1));
  bench.serving.flush();
  await first.until('"position":1,');
  first.socket.destroy();
  for (let n = 2; n <= 4; n += 1) bench.tell.step(arrival(n));
  bench.serving.flush();
  const id = [...first.heard().matchAll(/^id: (.*)$/gmu)].at(-1)?.[1] ?? "";
  const second = await listener(bench, id);
  await second.until('"position":4');
  expect(second.heard()).not.toContain("snapshot");
  expect(positions(unchunked(second.heard()))).toEqual([2, 3, 4]);
});

test("a state is told when it has changed, and not when only time has passed", async () => {
  const bench = await served({});
  const line = await listener(bench);
  const states = (): number => [...line.heard().matchAll(/"state":\{/gu)].length;
  bench.serving.flush();
  bench.state = { ...stateOf(0), clock: { now: 5, ahead: 0 } };
  bench.serving.flush();
  bench.state = { ...stateOf(1), clock: { now: 6, ahead: 0 } };
  bench.serving.flush();
  await line.until('"actual":1,');
  expect(states()).toBe(2); // the snapshot's, and the one that differs
});

test("a page that does not read is let go and keeps nobody else waiting; memory does not hold what it left", async () => {
  const bench = await served({});
  const deaf = connect(bench.port, "127.0.0.1");
  onTestFinished(() => void deaf.destroy());
  deaf.on("error", () => {});
  deaf.pause();
  deaf.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1:${bench.port}\r\n\r\n`);
  const line = await listener(bench);
  const long = "x".repeat(5000);
  const dropped = Promise.withResolvers<void>();
  deaf.once("close", () => dropped.resolve());
  let told = 0;
  // As long as it takes to fill what the system holds for the deaf one, and then what we do.
  for (let frame = 0; frame < 60; frame += 1) {
    for (let n = 0; n < 50; n += 1) bench.tell.step(arrival((told += 1), long));
    bench.serving.flush();
    await line.until(`"position":${told},`);
  }
  deaf.resume(); // what was on its way comes, and then the end
  await dropped.promise;
  expect(positions(unchunked(line.heard()))).toEqual(Array.from({ length: told }, (_, n) => n + 1));
});

test("everybody begins anew when the service does", async () => {
  const bench = await served({});
  const line = await listener(bench);
  bench.tell.step(arrival(1));
  bench.tell.startAgain();
  bench.tell.step(arrival(2));
  bench.serving.flush();
  await line.until('"position":2,');
  expect([...line.heard().matchAll(/^event: (.*)$/gmu)].map(([, event]) => event)).toEqual([
    "snapshot",
    "snapshot",
    "frame",
  ]);
  expect(line.heard()).not.toContain('"position":1,');
});

test("when the server ends, streams end, requests under way are answered, and only then it is over", async () => {
  const answer = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const bench = await served({
    fetch: async () => {
      arrived.resolve();
      await answer.promise;
      return new Response("answered");
    },
  });
  const [stream, idle, busy] = [await listener(bench), await dial(bench.port), await dial(bench.port)];
  idle.socket.write(`GET /health HTTP/1.1\r\nHost: 127.0.0.1:${bench.port}\r\n\r\n`);
  busy.socket.write(`GET /x HTTP/1.1\r\nHost: 127.0.0.1:${bench.port}\r\n\r\n`);
  await Promise.all([arrived.promise, idle.until('"status":"ok"')]);
  let over = false;
  const draining = bench.serving.drain().then(() => void (over = true));
  await Promise.all([stream.closed, idle.closed]);
  expect(over).toBe(false);
  answer.resolve();
  await busy.until("answered");
  bench.serving.flush();
  await Promise.all([draining, busy.closed]);
});
