/** Runs the plain command behind a key, prints what it says as it comes, and gives it back. Loads only that command. */
import { WorkshopError } from "../errors.ts";
import type { Scenario } from "../vocabulary.ts";
import { progress } from "../workspace/index.ts";
import { join } from "node:path";
import { describeError } from "./describe-error.ts";
import type { Io } from "./io.ts";
import type { Action } from "./session-state.ts";

interface Ordered {
  readonly scenario: Pick<Scenario, "slug">;
  readonly io: Io;
  /** What can be pressed when it has ended. */
  readonly keys: readonly string[];
  append(text: string): void;
}

/** Ends with a line break. What the command complains about is part of it. */
export async function runAction(action: Action, { scenario, io, keys, append }: Ordered): Promise<string> {
  let text = "";
  const print = (more: string): void => {
    text += more;
    append(more);
  };
  // A spinner would write beside what is drawn here.
  const captured: Io = { ...io, out: print, err: print, interactive: false, keys };
  try {
    await run(action, scenario.slug, captured);
  } catch (error) {
    if (!(error instanceof WorkshopError)) throw error;
    print(describeError(error, io));
  }
  return text;
}

async function run(action: Action, slug: string, io: Io): Promise<number> {
  switch (action) {
    case "demonstrate":
      return await (await import("./demonstrate-problem.ts")).run({ scenario: slug }, io);
    case "hint":
      return await (await import("./hint.ts")).run({ scenario: slug, unseen: true }, io);
    case "prompt":
      return await (await import("./prompts.ts")).run({ scenario: slug, level: await nextLevel(slug, io) }, io);
    case "reference":
      return await (await import("./show-reference.ts")).run({ scenario: slug }, io);
    case "reset":
      return await (await import("./reset.ts")).run({ scenario: slug }, io);
    default:
      return action satisfies never;
  }
}

/** The level after the one that was shown last; level 0 is for whoever demonstrates. The last one again at the end. */
async function nextLevel(slug: string, io: Io): Promise<number> {
  const { openLadder } = await import("./prompt-ladder.ts");
  const events = await progress.listEvents({ home: join(io.cwd, "workshop"), slug });
  const last = events.reduce((level, event) => (event.kind === "prompt" ? event.level : level), 0);
  const { page } = await openLadder(slug, io);
  const levels = page.levels.map(({ level }) => level);
  return levels.find((level) => level > last) ?? last;
}
