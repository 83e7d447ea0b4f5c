/** When the viewer looks: on demand, and once for whoever opens a page first. */
import { expect, test } from "vitest";
import { createLooks } from "./looks.ts";
import type { Viewer } from "./viewer.ts";

function looking(): { viewer: Pick<Viewer, "seen" | "look">; answer(): void; begun(): number } {
  let answered = false;
  let begun = 0;
  const waiting: (() => void)[] = [];
  const seen = { shown: 15, answer: { status: 200, text: "15", stale: false }, at: 0, fromCache: false, key: "k" };
  return {
    viewer: {
      get seen() {
        return answered ? seen : null;
      },
      look: async () => {
        begun += 1;
        await new Promise<void>((resolve) => waiting.push(resolve));
        answered = true;
      },
    },
    answer: () => waiting.splice(0).forEach((go) => go()),
    begun: () => begun,
  };
}

test("a thousand who open the page at once are one look, and whoever comes later sees what was seen", async () => {
  const { viewer, answer, begun } = looking();
  const done = Promise.withResolvers<void>();
  const looks = createLooks({ viewer, patience: 60_000, afterwards: () => done.resolve() });
  for (let n = 0; n < 1000; n += 1) looks.visited();
  expect(begun()).toBe(1);
  answer();
  await done.promise;
  looks.visited();
  expect(begun()).toBe(1);
});

test("a look at a service that hangs is given up after a while, and the next visitor tries again", async () => {
  const { viewer, begun } = looking();
  let ended = 0;
  const looks = createLooks({ viewer, patience: 1, afterwards: () => (ended += 1) });
  await looks.now();
  expect({ begun: begun(), ended }).toEqual({ begun: 1, ended: 1 });
  looks.visited();
  expect(begun()).toBe(2);
});
