/**
 * The second run before any pass: world, gate and judge in this process, the handlers behind pipes. Gives what it found,
 * and the counts of a success. Takes two started processes and leaves them running.
 */
import {
  type Confirmation as Confirmed,
  confirm,
  confirmEqualStarts,
  confirmStory,
  confirmStoryTogether,
  confirmTogether,
} from "../checker/index.ts";
import { connectConfirm, type LoadFault, startStopwatch } from "../runner/index.ts";
import type { Scenario, Star, Verdict } from "../vocabulary.ts";
import type { CheckProcess } from "./check-children.ts";
import { CONFIRM_EPOCH } from "./confirm-epoch.ts";
import type { CheckSettings } from "./explore-message.ts";
import { SILENCE } from "./explore-run.ts";
import { endingVerdict, loadFaultVerdict } from "./fault-verdict.ts";
import { STORY_SEED, storyFigures, storyPlans, storyScenario } from "./story-count.ts";

/** Ids of these worlds are of another size than those of the process that explores. */
const FIRST_WORLD = 500_000;
const FIRST_STORY = 900_000;
const WALL_CLOCK = 60_000;
type Children = readonly [CheckProcess, CheckProcess];

export interface ConfirmTask {
  readonly scenario: Scenario;
  readonly settings: CheckSettings;
  readonly folder: string;
  readonly children: Children;
  /** Two more, of whom nothing was asked yet. */
  readonly fresh: () => Children;
  /** The stars that the exploring process claims; asked once everything else is confirmed, and never rejects. */
  readonly claimed: () => Promise<Verdict["stars"]>;
  /** Called now and then, as long as the run gets on. */
  readonly onLife: () => void;
}

export interface Confirmation {
  readonly ending: Verdict | null;
  readonly result: Confirmed | null;
  /** The third star's properties; null unless that star was claimed and the others are confirmed. */
  readonly third: Confirmed | null;
  readonly success: Verdict["success"];
}

/**
 * Side by side first. Where that is not enough, one world after the other in processes that have served nothing yet:
 * handlers may keep a lock or a queue for all requests of a process, and a world that was given up may hold it for ever.
 */
export async function confirmRun(task: ConfirmTask): Promise<Confirmation> {
  const together = await judgeWith(task, task.children, judgeTogether);
  return together ?? (await judgeWith(task, task.fresh(), judgeInTurn)) ?? UNCONFIRMED;
}

type Way = (task: ConfirmTask, worlds: Worlds, stories: Worlds) => Promise<Judged | null>;

async function judgeWith(task: ConfirmTask, children: Children, way: Way): Promise<Confirmation | null> {
  const { folder, onLife } = task;
  try {
    const { routes } = task.scenario;
    const connection = await connectConfirm({ children, folder, routes, patience: SILENCE, onLife });
    if ("fault" in connection) return { ...UNCONFIRMED, ending: await faultOf(task, children, connection.fault) };
    const worlds = connection.open(task.scenario, FIRST_WORLD, CONFIRM_EPOCH);
    const stories = connection.open(storyScenario(task.scenario), FIRST_STORY, CONFIRM_EPOCH);
    const alike = await confirmEqualStarts({ ...commonOf(task, worlds), stars: [1, 2] });
    const judged = alike === null ? await way(task, worlds, stories) : { result: alike, third: null, success: null };
    return judged && { ...judged, ending: null };
  } catch (error) {
    if (way === judgeTogether && error instanceof Error && error.name === OUT_OF_TURN) return null;
    return { ...UNCONFIRMED, ending: await endedMeanwhile(task, children, error) };
  }
}

/** A child spoke for a request of another world: a queue that the handlers keep for all of them may do that. */
const OUT_OF_TURN = "OutOfTurnError";

/** What is known when the run came to no end. */
export const UNCONFIRMED: Confirmation = { ending: null, result: null, third: null, success: null };

type Worlds = ReturnType<Extract<Awaited<ReturnType<typeof connectConfirm>>, { open: unknown }>["open"]>;

type Judged = Omit<Confirmation, "ending"> & { readonly result: Confirmed };

/** Nearly always everything holds, and then it does not matter in which order it was seen to. */
async function judgeTogether(task: ConfirmTask, worlds: Worlds, stories: Worlds): Promise<Judged | null> {
  const { scenario } = task;
  const common = { ...commonOf(task, worlds), run: worlds.together };
  const [required, histories] = await Promise.all([
    confirmTogether({ ...common, stars: [1, 2] }),
    confirmStoryTogether({ scenario, run: stories.together, plans: storyPlans(scenario) }),
  ]);
  if (required === null || histories === null) return null;
  const result = { ...required, schedules: required.schedules + histories.length };
  if (!isSound(required)) return { result, third: null, success: null };
  const third = (await task.claimed()) === 3 ? await confirmTogether({ ...common, stars: [3] }) : undefined;
  return third === null ? null : { result, third: third ?? null, success: storyFigures(scenario, histories) };
}

async function judgeInTurn(task: ConfirmTask, worlds: Worlds, stories: Worlds): Promise<Judged> {
  const required = await judge(task, worlds, [1, 2]);
  if (!isSound(required)) return { result: required, third: null, success: null };
  const { result, success } = await playStory(task, stories, required);
  const isClaimed = isSound(result) && (await task.claimed()) === 3;
  return { result, third: isClaimed ? await judge(task, worlds, [3]) : null, success };
}

async function judge(task: ConfirmTask, worlds: Worlds, stars: readonly Star[]): Promise<Confirmed> {
  return await confirm({ ...commonOf(task, worlds), stars });
}

function isSound({ broken, complete }: Confirmed): boolean {
  return complete && broken.length === 0;
}

/** The data that people will look at, with the ids that it really has. */
async function playStory(
  { scenario, settings }: ConfirmTask,
  { run, shape }: Worlds,
  required: Confirmed,
): Promise<Pick<Judged, "result" | "success">> {
  const { without } = settings;
  const story = await confirmStory({ scenario, run, shape, seed: STORY_SEED, without, plans: storyPlans(scenario) });
  const broken = story.broken === null ? [] : [story.broken];
  const schedules = required.schedules + story.histories.length;
  return {
    result: { ...required, broken, schedules, complete: story.complete },
    success: storyFigures(scenario, story.histories),
  };
}

/** Over data that the exploring process has not seen. */
function commonOf({ scenario, settings }: ConfirmTask, { run, shape }: Worlds): Omit<ConfirmOptions, "stars"> {
  const { seed, without } = settings;
  const elapsed = startStopwatch();
  return { scenario, run, shape, seed: `${seed}/confirm`, without, expired: () => elapsed() > WALL_CLOCK };
}

type ConfirmOptions = Parameters<typeof confirm>[0];

async function faultOf(task: ConfirmTask, children: Children, fault: LoadFault | null): Promise<Verdict> {
  if (fault !== null) return loadFaultVerdict(task, fault);
  return endingVerdict(task, await Promise.race(children.map(({ ended }) => ended)));
}

async function endedMeanwhile(task: ConfirmTask, children: Children, error: unknown): Promise<Verdict> {
  if (!(error instanceof Error) || ![OUT_OF_TURN, "ProtocolError"].includes(error.name)) throw error;
  for (const child of children) child.stop();
  const endings = await Promise.all(children.map(({ ended }) => ended));
  return endingVerdict(task, endings.find(({ reason }) => reason !== "stopped") ?? endings[0] ?? neverEnded());
}

function neverEnded(): never {
  throw new Error("a confirm run without children");
}
