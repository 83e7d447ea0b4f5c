/** Stars as people see them, three places wide. Pure. */
import type { Io } from "./io.ts";

export function starsText(stars: number, look: Pick<Io, "emoji">): string {
  const [earned, missing] = look.emoji ? ["★", "☆"] : ["*", "-"];
  return earned.repeat(stars) + missing.repeat(3 - stars);
}
