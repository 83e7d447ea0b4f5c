/**
 * One check from handler texts to verdict: explores in one process, has another confirm it, replays a finding in a
 * fresh one. Prints nothing. Nothing it starts outlives it, and nothing incomplete is a pass.
 */
import { realpathSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { prepareHandlers, startStopwatch } from "../runner/index.ts";
import type { Scenario, Verdict } from "../vocabulary.ts";
import { askJudge } from "./ask-judge.ts";
import { combine } from "./combine-verdict.ts";
import type { Confirmation } from "./confirm-run.ts";
import { type CheckProcess, startProcess } from "./check-children.ts";
import type { CheckSettings, ExploreMessage, ExploreOrder, LoadOrder } from "./explore-message.ts";
import { explore, replay, reproduces } from "./explore-run.ts";
import { loadFaultVerdict } from "./fault-verdict.ts";

export interface CheckTask {
  readonly root: string;
  readonly scenario: Scenario;
  /** Path relative to the working copy → text. */
  readonly files: ReadonlyMap<string, string>;
  readonly settings: CheckSettings;
  /** Play this token instead of checking. */
  readonly replay?: string;
  readonly signal?: AbortSignal;
  /** Started for this check, and waited for at its end, unless given. */
  readonly processes?: ProcessSource;
}

export interface ProcessSource {
  /** The check ends it. */
  begin(name: "explore" | "judge"): CheckProcess;
  /** Takes what is still to be done after the verdict: it never rejects. */
  leave(tidying: Promise<void>): void;
}

export async function checkHandlers(task: CheckTask): Promise<Verdict> {
  const elapsed = startStopwatch();
  const processes: CheckProcess[] = [];
  const begin = (name: "explore" | "judge"): CheckProcess => {
    const started = task.processes?.begin(name) ?? startProcess(task.root, name);
    processes.push(started);
    return started;
  };
  // Not `once`: the command line asks who is listening, and one that has heard and left would not count.
  task.signal?.addEventListener("abort", () => processes.forEach((each) => each.stop()));
  const explorer = begin("explore"); // before anything else: a process takes longer to start than all the rest
  const judge = task.replay === undefined && task.processes === undefined ? begin("judge") : null;
  const prepared = prepareHandlers({ files: task.files, routes: task.scenario.routes });
  try {
    const verdict =
      "fault" in prepared
        ? loadFaultVerdict(task, prepared.fault)
        : await decide({ task, folder: realpathSync(prepared.prepared.folder), explorer, judge, begin });
    task.signal?.throwIfAborted(); // what came out says how the processes were ended, and nothing about the handlers
    return { ...verdict, timing: { total: Math.round(elapsed()) } };
  } finally {
    for (const each of processes) each.stop();
    const tidying = Promise.all(processes.map(({ ended }) => ended)).then(() => {
      if ("prepared" in prepared) prepared.prepared.remove();
    });
    if (task.processes === undefined) await tidying;
    else task.processes.leave(tidying);
  }
}

interface Judging {
  readonly task: CheckTask;
  readonly folder: string;
  readonly explorer: CheckProcess;
  /** Null until it is needed, where processes are warm already. */
  readonly judge: CheckProcess | null;
  readonly begin: (name: "explore" | "judge") => CheckProcess;
}

async function decide(judging: Judging): Promise<Verdict> {
  const { task, folder, explorer } = judging;
  const order: ExploreOrder = {
    kind: "explore",
    root: task.root,
    slug: task.scenario.slug,
    folder,
    settings: task.settings,
  };
  if (task.replay !== undefined)
    return await replay(task, explorer, { ...order, replay: { token: task.replay, told: true } });
  const replayers = replayersOf(judging, order);
  explorer.onMessage((message) => {
    const said = message as ExploreMessage | null;
    if (said?.kind === "found") replayers.prepare();
    if (said?.kind === "shrunk") replayers.begin(said.token);
  });
  const exploring = explore(task, explorer, order);
  const confirming = confirmation(judging, exploring);
  confirming.catch(() => {}); // nobody may be left to hear of it
  const explored = await exploring;
  explorer.stop(); // it would keep its memory while the others go on
  if (explored.counterexample !== null && explored.verdict !== "pass") return await replayed(replayers, explored);
  const judged = explored.verdict === "pass" ? await confirming : null;
  if (judged === null) return explored;
  return combine({ ...explored, requiredStars: task.settings.stars }, judged);
}

/** Real milliseconds in which most failures are found: a warm judge would only take the processor from whoever looks. */
const HEAD_START = 250;

/** Null when there is nothing to confirm. */
async function confirmation(judging: Judging, exploring: Promise<Verdict>): Promise<Confirmation | null> {
  const { task, folder, judge, begin } = judging;
  const claimed = exploring.then(
    ({ stars }) => stars,
    () => 0 as const,
  );
  if (judge !== null) return await askJudge({ ...task, folder, judge, claimed });
  const passed = exploring.then(
    ({ verdict }) => verdict === "pass",
    () => false,
  );
  const isWorthIt = await Promise.race([passed, pause(HEAD_START, true, { ref: false })]);
  return isWorthIt ? await askJudge({ ...task, folder, judge: begin("judge"), claimed }) : null;
}

interface Replayers {
  /** Begins a fresh process: it has loaded the handlers when there is something to play. */
  prepare(): void;
  /** Plays what will probably be told; only the first of such, for where something ran before nothing counts. */
  begin(token: string): void;
  /** Whether the failure shows again. */
  result(token: string): Promise<boolean>;
}

function replayersOf({ task, folder, begin }: Judging, order: ExploreOrder): Replayers {
  const loading: LoadOrder = { kind: "load", root: task.root, slug: task.scenario.slug, folder };
  let ready: CheckProcess | null = null;
  let early: { readonly token: string; readonly result: Promise<boolean> } | null = null;
  const prepare = (): CheckProcess => {
    if (ready !== null) return ready;
    ready = begin("explore");
    ready.send(loading);
    return ready;
  };
  const play = (token: string): Promise<boolean> => {
    const process = prepare();
    ready = null;
    return reproduces(process, { ...order, replay: { token, told: false } });
  };
  return {
    prepare: () => void (early === null && prepare()),
    begin: (token) => {
      if (early !== null) return;
      early = { token, result: play(token) };
      early.result.catch(() => {}); // heard of by whoever asks for it
    },
    result: (token) => (early?.token === token ? early.result : play(token)),
  };
}

/** Instances outlive worlds, so a finding counts only when it shows again, twice, where nothing ran before. */
async function replayed(replayers: Replayers, explored: Verdict): Promise<Verdict> {
  if (await replayers.result(explored.counterexample?.replay ?? "")) return explored;
  return { ...explored, verdict: "inconclusive", stars: 0, cause: "nondeterministic", message: NONDETERMINISTIC };
}

const NONDETERMINISTIC =
  "The same requests in the same order did not give the same answers in a fresh process: something outside database and cache decides";
