/**
 * The second run before any pass: world, gate and judge in this process, the handlers behind pipes. Gives what it found,
 * and the counts of a success. Takes two started processes and leaves them running.
 */
import {
  type Confirmation as Confirmed,
  confirm,
  confirmStory,
  confirmStoryTogether,
  confirmTogether,
} from "../checker/index.ts";
import { connectConfirm, type LoadFault, startStopwatch } from "../runner/index.ts";
import type { Scenario, Star, Verdict } from "../vocabulary.ts";
import type { CheckProcess } from "./check-children.ts";
import type { CheckSettings } from "./explore-message.ts";
import { SILENCE } from "./explore-run.ts";
import { endingVerdict, loadFaultVerdict } from "./fault-verdict.ts";
import { STORY_SEED, storyFigures, storyPlans, storyScenario } from "./story-count.ts";

/** Ids of these worlds are of another size than those of the process that explores. */
const FIRST_WORLD = 500_000;
const FIRST_STORY = 900_000;
const WALL_CLOCK = 60_000;
/**
 * Thursday 18 September 2031, 21:40 UTC, in milliseconds since 1970. The worlds that are explored begin on a Monday
 * morning in January 2026: what is right only at some time, or only until some date, is wrong in one of the two.
 */
const EPOCH = 1_947_534_000_000;

export interface ConfirmTask {
  readonly scenario: Scenario;
  readonly settings: CheckSettings;
  readonly folder: string;
  readonly children: readonly [CheckProcess, CheckProcess];
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

export async function confirmRun(task: ConfirmTask): Promise<Confirmation> {
  const { children, folder, onLife } = task;
  try {
    const { routes } = task.scenario;
    const connection = await connectConfirm({ children, folder, routes, patience: SILENCE, onLife });
    if ("fault" in connection) return { ...UNCONFIRMED, ending: await faultOf(task, connection.fault) };
    const worlds = connection.open(task.scenario, FIRST_WORLD, EPOCH);
    const stories = connection.open(storyScenario(task.scenario), FIRST_STORY, EPOCH);
    const { result, success } =
      (await judgeTogether(task, worlds, stories)) ?? (await judgeInTurn(task, worlds, stories));
    const third = isSound(result) && (await task.claimed()) === 3 ? await judgeThird(task, worlds) : null;
    return { ending: null, result, third, success };
  } catch (error) {
    return { ...UNCONFIRMED, ending: await endedMeanwhile(task, error) };
  }
}

/** What is known when the run came to no end. */
export const UNCONFIRMED: Confirmation = { ending: null, result: null, third: null, success: null };

type Worlds = ReturnType<Extract<Awaited<ReturnType<typeof connectConfirm>>, { open: unknown }>["open"]>;

type Judged = Pick<Confirmation, "success"> & { readonly result: Confirmed };

/** Nearly always everything holds, and then it does not matter in which order it was seen to. */
async function judgeTogether(task: ConfirmTask, worlds: Worlds, stories: Worlds): Promise<Judged | null> {
  const { scenario } = task;
  const [required, histories] = await Promise.all([
    confirmTogether({ scenario, run: worlds.together, shape: worlds.shape, stars: [1, 2], ...confirmSettings(task) }),
    confirmStoryTogether({ scenario, run: stories.together, plans: storyPlans(scenario) }),
  ]);
  if (required === null || histories === null) return null;
  const schedules = required.schedules + histories.length;
  return { result: { ...required, schedules }, success: storyFigures(scenario, histories) };
}

async function judgeInTurn(task: ConfirmTask, worlds: Worlds, stories: Worlds): Promise<Judged> {
  const required = await judge(task, worlds, [1, 2]);
  return isSound(required) ? await playStory(task, stories, required) : { result: required, success: null };
}

async function judgeThird(task: ConfirmTask, worlds: Worlds): Promise<Confirmed> {
  const { scenario } = task;
  const { together: run, shape } = worlds;
  const held = await confirmTogether({ scenario, run, shape, stars: [3], ...confirmSettings(task) });
  return held ?? (await judge(task, worlds, [3]));
}

async function judge(task: ConfirmTask, { run, shape }: Worlds, stars: readonly Star[]): Promise<Confirmed> {
  return await confirm({ scenario: task.scenario, run, shape, stars, ...confirmSettings(task) });
}

function isSound({ broken, complete }: Confirmed): boolean {
  return complete && broken.length === 0;
}

/** The data that people will look at, with the ids that it really has. */
async function playStory(
  { scenario, settings }: ConfirmTask,
  { run, shape }: Worlds,
  required: Confirmed,
): Promise<Judged> {
  const { without } = settings;
  const story = await confirmStory({ scenario, run, shape, seed: STORY_SEED, without, plans: storyPlans(scenario) });
  const broken = story.broken === null ? [] : [story.broken];
  const schedules = required.schedules + story.histories.length;
  return {
    result: { ...required, broken, schedules, complete: story.complete },
    success: storyFigures(scenario, story.histories),
  };
}

/** Data that the exploring process has not seen. */
function confirmSettings({ settings }: ConfirmTask): {
  seed: string;
  without: CheckSettings["without"];
  expired: () => boolean;
} {
  const elapsed = startStopwatch();
  return { seed: `${settings.seed}/confirm`, without: settings.without, expired: () => elapsed() > WALL_CLOCK };
}

async function faultOf(task: ConfirmTask, fault: LoadFault | null): Promise<Verdict> {
  if (fault !== null) return loadFaultVerdict(task, fault);
  return endingVerdict(task, await Promise.race(task.children.map(({ ended }) => ended)));
}

async function endedMeanwhile(task: ConfirmTask, error: unknown): Promise<Verdict> {
  if (!(error instanceof Error) || error.name !== "ProtocolError") throw error;
  for (const child of task.children) child.stop();
  const endings = await Promise.all(task.children.map(({ ended }) => ended));
  return endingVerdict(task, endings.find(({ reason }) => reason !== "stopped") ?? endings[0] ?? neverEnded());
}

function neverEnded(): never {
  throw new Error("a confirm run without children");
}
