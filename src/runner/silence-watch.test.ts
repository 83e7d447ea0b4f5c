/** Whoever waits for a word may not get its turn either: what was said meanwhile counts. */
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { SilenceWatch } from "./silence-watch.ts";

test("a word that lies unread when the time is up is heard first", async () => {
  let stuck = 0;
  const watch = new SilenceWatch({ pid: undefined, waitsForOthers: false, onStuck: () => (stuck += 1) });
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const spoken = once(port2, "message").then(() => watch.expectWord(null));
  watch.expectWord(1);
  port1.postMessage("a word");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30); // this thread is not let run for a while
  await spoken;
  await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
  expect(stuck).toBe(0);
});

test("without a word somebody is told", async () => {
  const told = Promise.withResolvers<void>();
  const watch = new SilenceWatch({ pid: undefined, waitsForOthers: false, onStuck: () => told.resolve() });
  watch.expectWord(1);
  await expect(told.promise).resolves.toBeUndefined();
  watch.stop();
});
