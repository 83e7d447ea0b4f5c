/** `watch`: a verdict on each save. In a terminal one screen at a time, with keys; elsewhere one report below the other. */
import { join, relative } from "node:path";
import { loadScenario } from "../scenario/index.ts";
import type { Scenario } from "../vocabulary.ts";
import { openWorkshop } from "../workspace/index.ts";
import { describeError } from "./describe-error.ts";
import type { Io } from "./io.ts";
import { printVerdict } from "./print-verdict.ts";
import { untilStopped } from "./until-stopped.ts";
import { type News, watchWorkingCopy } from "./watch-working-copy.ts";

export interface WatchOptions {
  readonly scenario: string;
}

/** Ends when it is told to. Throws an environment error without a set-up. */
export async function run(options: WatchOptions, io: Io): Promise<number> {
  const scenario = await loadScenario({ root: io.root, slug: options.scenario });
  const { folder } = await openWorkshop({ home: join(io.cwd, "workshop"), slug: scenario.slug });
  if (io.interactive) {
    const [{ onLiveScreen }, { runSession }] = await Promise.all([
      import("./on-live-screen.ts"),
      import("./session.ts"),
    ]);
    await onLiveScreen(io, (stage) => runSession({ scenario, io, mode: "watch" }, stage));
    return 0;
  }
  io.out(`Watching ${relative(io.cwd, folder)}: a verdict on each save, until Ctrl-C.\n`);
  await untilStopped(io, (signal) =>
    watchWorkingCopy({ scenario, io, signal, show: (news) => print(news, { scenario, io }) }),
  );
  return 0;
}

async function print(news: News, { scenario, io }: { scenario: Scenario; io: Io }): Promise<void> {
  switch (news.kind) {
    case "checking":
    case "known":
      return;
    case "verdict": {
      io.out("\n");
      const { verdict, files } = news;
      return await printVerdict({
        verdict,
        files,
        scenario,
        json: false,
        full: false,
        replayed: false,
        handlers: undefined,
        io,
      });
    }
    case "trouble":
      return io.err(`\n${describeError(news.error, io)}`);
    case "note":
      return io.err(`note  ${news.text}\n`);
    default:
      return news satisfies never;
  }
}
