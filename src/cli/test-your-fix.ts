/** `test-your-fix`: the verdict on the participant's handlers, as text or as one JSON object. Decides nothing itself. */
import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { WorkshopError } from "../errors.ts";
import { loadScenario } from "../scenario/index.ts";
import type { Scenario, Star } from "../vocabulary.ts";
import { attempts, readWorkingCopy } from "../workspace/index.ts";
import { checkHandlers } from "./check-handlers.ts";
import { exitCodeOf, THOROUGH_BUDGET, usualSettings } from "./check-settings.ts";
import type { Io } from "./io.ts";
import { printVerdict } from "./print-verdict.ts";
import { originOf, recordAttempt } from "./record-attempt.ts";
import { isoNow } from "./wall-clock.ts";

export interface TestYourFixOptions {
  readonly scenario: string;
  readonly json?: boolean;
  /** Check this folder instead of the working copy. */
  readonly handlers?: string;
  /** Check this saved attempt instead. */
  readonly attempt?: string;
  readonly seed?: string;
  readonly replay?: string;
  readonly budget?: number;
  readonly thorough?: boolean;
  readonly stars?: Star;
  /** Also show what the third star lacks. */
  readonly full?: boolean;
  /** Check the saved attempts instead of the working copy. */
  readonly all?: boolean;
}

export async function run(options: TestYourFixOptions, io: Io): Promise<number> {
  const scenario = await loadScenario({ root: io.root, slug: options.scenario });
  if (options.all === true) {
    const { checkAttempts } = await import("./check-attempts.ts");
    return await checkAttempts({ scenario, settings: settingsOf(options, scenario), options, io });
  }
  const saved = await readAttempt(options, scenario, io);
  const files = saved?.files ?? (await readHandlers(options, scenario, io));
  const at = isoNow();
  const verdict = await checkHandlers({
    root: io.root,
    scenario,
    files,
    settings: settingsOf(options, scenario),
    ...(options.replay === undefined ? {} : { replay: options.replay }),
    ...(io.interrupted === undefined ? {} : { signal: io.interrupted }),
  });
  const { json = false, full = false, handlers, replay } = options;
  const replayed = replay !== undefined;
  await printVerdict({ verdict, scenario, files, json, full, replayed, handlers, attempt: saved?.name, io });
  // A replay is no attempt, and another folder may be anybody's.
  if (handlers === undefined && !replayed) await recordAttempt({ at, files, verdict, ...originOf(saved) }, io);
  return exitCodeOf(verdict.verdict);
}

type Saved = Awaited<ReturnType<typeof attempts.read>>;

/** Null when another one is to be checked. */
async function readAttempt(options: TestYourFixOptions, { slug }: Scenario, io: Io): Promise<Saved | null> {
  const { attempt: name, handlers } = options;
  if (name === undefined) return null;
  if (handlers === undefined) return await attempts.read({ home: join(io.cwd, "workshop"), slug, name });
  throw new WorkshopError({
    code: "usage",
    message: "--attempt and --handlers do not go together.",
    hint: "Each says what to check; leave one of the two out.",
  });
}

async function readHandlers(options: TestYourFixOptions, scenario: Scenario, io: Io): Promise<Map<string, string>> {
  if (options.handlers === undefined)
    return await readWorkingCopy({ home: join(io.cwd, "workshop"), slug: scenario.slug, scenario });
  const folder = resolve(io.cwd, options.handlers);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new WorkshopError({
      code: "usage",
      message: `${folder} is not a folder.`,
      hint: "Give --handlers the folder that holds the handler files.",
    });
  }
  return await readWorkingCopy({ home: dirname(folder), slug: basename(folder), scenario });
}

function settingsOf(options: TestYourFixOptions, scenario: Scenario): Parameters<typeof checkHandlers>[0]["settings"] {
  const usual = usualSettings(scenario);
  const { thorough = false, seed = usual.seed, stars = usual.stars } = options;
  return { ...usual, seed, stars, thorough, budget: options.budget ?? (thorough ? THOROUGH_BUDGET : usual.budget) };
}
