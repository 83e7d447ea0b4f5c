/** Words that the list of attempts and their comparison share. */
import type { diff } from "../report/index.ts";

export const NONE_SAVED = "No attempt is saved yet.";

/** Lines added and removed against the shipped handlers. */
export function changeText({ added, removed }: diff.ChangeSize): string {
  return added + removed === 0 ? "none" : `+${added} -${removed}`;
}
