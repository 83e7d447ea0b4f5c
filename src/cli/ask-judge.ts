/**
 * Talks to the process that judges the confirm run: one order in, one confirmation out, also when that process gets
 * stuck in a statement. Takes a started process and leaves it running.
 */
import type { Verdict } from "../vocabulary.ts";
import type { CheckProcess } from "./check-children.ts";
import { type Confirmation, UNCONFIRMED } from "./confirm-run.ts";
import { SILENCE } from "./explore-run.ts";
import { endingVerdict, type FaultContext } from "./fault-verdict.ts";
import type { FromJudge, ToJudge } from "./judge-message.ts";

export interface JudgeTask extends FaultContext {
  readonly root: string;
  readonly folder: string;
  readonly judge: CheckProcess;
  /** The stars that the exploring process claims; never rejects. */
  readonly claimed: Promise<Verdict["stars"]>;
}

export async function askJudge(task: JudgeTask): Promise<Confirmation> {
  const { judge } = task;
  const said = await lastWord(task);
  judge.expectWord(null);
  if (said === null) return { ...UNCONFIRMED, ending: endingVerdict(task, await judge.ended) };
  if (said.kind === "bug") throw new Error(said.stack);
  return said.confirmation;
}

type LastWord = Extract<FromJudge, { kind: "confirmation" | "bug" }>;

/** null when the process ended before it said anything final. */
function lastWord({ judge, claimed, root, folder, scenario, settings }: JudgeTask): Promise<LastWord | null> {
  const tell = (message: ToJudge): void => {
    judge.send(message);
    judge.expectWord(SILENCE);
  };
  return new Promise((resolve) => {
    judge.onMessage((message) => {
      const said = message as FromJudge;
      if (said.kind === "confirmation" || said.kind === "bug") resolve(said);
      if (said.kind !== "waiting") return;
      judge.expectWord(null);
      claimed.then((stars) => tell({ kind: "claimed", stars })).catch(() => resolve(null));
    });
    judge.ended.then(
      () => resolve(null),
      () => resolve(null),
    );
    tell({ kind: "confirm", root, slug: scenario.slug, folder, settings });
  });
}
