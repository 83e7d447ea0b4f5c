/** Runs side by side: each call gets a lane of its own, or waits for one. Takes a way to make a lane; plays nothing. */
import type { Run } from "../vocabulary.ts";

/** `make`: called at most `most` times, when every lane made so far is taken. Calls are served in their order. */
export function createLanes(most: number, make: () => Run): Run {
  const free: Run[] = [];
  const queue: ((lane: Run) => void)[] = [];
  let made = 0;
  const take = (): Run | Promise<Run> => {
    const lane = free.pop();
    if (lane !== undefined) return lane;
    if (made === most) return new Promise((resolve) => void queue.push(resolve));
    made += 1;
    return make();
  };
  const leave = (lane: Run): void => {
    const next = queue.shift();
    if (next === undefined) free.push(lane);
    else next(lane);
  };
  return async (plan, chooser) => {
    const lane = await take();
    try {
      return await lane(plan, chooser);
    } finally {
      leave(lane);
    }
  };
}
