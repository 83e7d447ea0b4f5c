/**
 * A session at the screen: the working copy is watched, keys run the plain commands, and each state is one screen.
 * What happens when is decided by `session-state.ts`; this only carries it out.
 */
import { join, relative } from "node:path";
import type { Scenario } from "../vocabulary.ts";
import { workingCopyFolder } from "../workspace/index.ts";
import type { Io } from "./io.ts";
import type { LiveScreen } from "./live-screen.ts";
import { runAction } from "./session-action.ts";
import { bodyText } from "./session-body.ts";
import {
  type Action,
  type Effect,
  hear,
  keysOf,
  openSession,
  press,
  printed,
  type SessionState,
} from "./session-state.ts";
import { endText, runningText, screenText } from "./session-text.ts";
import { type News, watchWorkingCopy } from "./watch-working-copy.ts";

export interface SessionOptions {
  readonly scenario: Scenario;
  readonly io: Io;
  readonly mode: SessionState["mode"];
  /** `print` of the handlers as shipped: they need no verdict. */
  readonly known?: string;
  /** What was done on the way here. */
  readonly note?: string;
}

/** How a person left. */
export type Leaving = "leave" | "quit";

export interface Stage {
  readonly screen: LiveScreen;
  readonly stopped: AbortSignal;
}

export async function runSession(options: SessionOptions, { screen, stopped }: Stage): Promise<Leaving> {
  const left = new AbortController();
  const trouble = Promise.withResolvers<never>();
  const session = openShown(options, screen);
  let leaving: Leaving = "quit";
  const act = async (effect: Effect | null): Promise<void> => {
    if (effect?.kind === "run") return await session.run(effect.action);
    if (effect === null) return;
    leaving = effect.kind;
    left.abort();
  };
  let busy = Promise.resolve();
  screen.listen({
    resized: () => {
      session.show().catch(trouble.reject);
    },
    key: (key) => {
      busy = Promise.all([busy, session.press(key).then(act)]).then(() => {}, trouble.reject);
    },
  });
  await session.show();
  const watching = watchWorkingCopy({
    ...options,
    signal: AbortSignal.any([left.signal, stopped]),
    show: session.hear,
  });
  await Promise.race([watching, trouble.promise]).finally(() => left.abort());
  await Promise.all([watching, busy]);
  return leaving;
}

interface Shown {
  show(): Promise<void>;
  hear(news: News): Promise<void>;
  press(key: string): Promise<Effect | null>;
  /** Resolves when the command has ended and the keys count again. */
  run(action: Action): Promise<void>;
}

/** The state and what is seen of it. While a command prints, nothing else is drawn. */
function openShown({ scenario, io, mode, note }: SessionOptions, screen: LiveScreen): Shown {
  let state = openSession(mode, note);
  let drawings = 0;
  const folder = relative(io.cwd, workingCopyFolder({ home: join(io.cwd, "workshop"), slug: scenario.slug }));
  const look = (): Io => ({ ...io, width: screen.size().columns });
  const show = async (): Promise<void> => {
    drawings += 1;
    const drawing = drawings;
    const body = await bodyText({ state, scenario, folder, io: look(), links: screen.links });
    if (drawing === drawings && state.running === null)
      screen.draw(screenText({ state, folder, body, look: look(), rows: screen.size().rows }));
  };
  const become = async (next: SessionState): Promise<void> => {
    state = next;
    if (state.running === null) await show();
  };
  return {
    show,
    hear: (news) => become(hear(state, news)),
    press: async (key) => {
      const { state: next, effect } = press(state, key);
      if (next !== state) await become(next);
      return effect;
    },
    run: async (action) => {
      screen.draw(runningText(state, { folder, look: look() }));
      const keys = keysOf(state).map(([key]) => key);
      const text = await runAction(action, { scenario, io: look(), keys, append: screen.append });
      state = printed(state, text);
      screen.append(endText(state, { look: look(), body: text }));
    },
  };
}
