/**
 * Chooses by chance, seeded: probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte: "A
 * Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010, section 2). Actors get random
 * priorities, the highest goes on; at `depth - 1` random steps the running one drops below all others. An ordering bug
 * of that depth is then found with a probability of at least 1 / (actors × steps^(depth - 1)) a run.
 */
import type { Chooser, Random } from "../../vocabulary.ts";

export function randomChooser(options: { random: Random; steps: number; depth: number }): Chooser {
  const { random, steps, depth } = options;
  const drops = new Map<number, number>();
  for (let rank = 1; rank < depth; rank += 1) drops.set(random.integer(0, Math.max(0, steps - 1)), -rank);
  const priorities = new Map<number, number>();
  const priorityOf = (actor: number): number => {
    const known = priorities.get(actor) ?? random.integer(0, 0x3fff_ffff);
    priorities.set(actor, known);
    return known;
  };
  let step = -1;
  return {
    choose(point) {
      step += 1;
      const actors = [...new Set(point.options.map((option) => option.actor))];
      const first = actors.reduce((best, actor) => (priorityOf(actor) > priorityOf(best) ? actor : best));
      const drop = drops.get(step);
      if (drop !== undefined) priorities.set(first, drop);
      const own = point.options.flatMap((option, index) => (option.actor === first ? [index] : []));
      return random.pick(own);
    },
  };
}
