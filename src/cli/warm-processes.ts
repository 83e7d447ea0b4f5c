/**
 * Processes for checks that are still to come: started, loaded and compiled before anybody waits for them. Takes a
 * scenario; gives each away once, and starts others when asked to.
 */
import { prepareHandlers } from "../runner/index.ts";
import { fixFiles, loadFixes } from "../scenario/index.ts";
import type { Scenario } from "../vocabulary.ts";
import { type CheckProcess, startProcess } from "./check-children.ts";
import type { ProcessSource } from "./check-handlers.ts";
import type { WarmOrder } from "./explore-message.ts";

type Name = "explore" | "judge";

/** `begin` gives a warm process where there is one, else one that has just been started. */
export interface WarmProcesses extends ProcessSource {
  /** Starts what has been given away. Best called when nobody waits: it takes the processor for about a second. */
  refill(): void;
  /** Resolves once nothing is left of these processes and of the checks that used them. */
  close(): Promise<void>;
}

/** A failure is played again in a second process, where nothing ran before. */
const SPARE: readonly Name[] = ["explore", "judge", "explore"];

/** Warms up with the reference fix. Without one, processes are started and not warm. */
export async function openWarmProcesses(place: { root: string; scenario: Scenario }): Promise<WarmProcesses> {
  const { root, scenario } = place;
  const prepared = await prepareReference(place);
  const spare: Record<Name, CheckProcess[]> = { explore: [], judge: [] };
  const start = (name: Name): void => {
    const started = startProcess(root, name, { givesWay: name === "judge" }); // people wait for what is wrong
    spare[name].push(started);
    const forget = (): void => void (spare[name] = spare[name].filter((each) => each !== started));
    started.ended.then(forget, forget); // handed out dead, it would be taken for one that the handlers have ended
    const order: WarmOrder = { kind: "warm", root, slug: scenario.slug, folder: prepared?.folder ?? "" };
    if (prepared !== null) started.send(order);
  };
  const refill = (): void => {
    for (const name of SPARE) {
      const wanted = SPARE.filter((each) => each === name).length;
      if (spare[name].length < wanted) start(name);
    }
  };
  refill();
  const tidying = new Set<Promise<void>>();
  return {
    begin: (name) => spare[name].shift() ?? startProcess(root, name),
    leave: (work) => {
      tidying.add(work);
      work.then(
        () => tidying.delete(work),
        () => {},
      );
    },
    refill,
    close: async () => {
      const left = Object.values(spare).flat();
      for (const each of left) each.stop();
      await Promise.all([...left.map(({ ended }) => ended), ...tidying]);
      prepared?.remove();
    },
  };
}

async function prepareReference({
  root,
  scenario: { slug, routes },
}: {
  root: string;
  scenario: Scenario;
}): Promise<{ folder: string; remove: () => void } | null> {
  const [reference] = await loadFixes({ root, slug, kind: "accepted" });
  if (reference === undefined) return null;
  const made = prepareHandlers({ files: await fixFiles({ root, slug, fix: reference }), routes });
  return "fault" in made ? null : made.prepared;
}
