/** `hint`: the next rung of the ladder for what the last check found. Records the rung; never shows two at once. */
import { join } from "node:path";
import { WorkshopError } from "../errors.ts";
import { hints, loadScenario } from "../scenario/index.ts";
import type { Rung, Scenario } from "../vocabulary.ts";
import { openWorkshop, progress } from "../workspace/index.ts";
import { chooseHint, type HintChoice, lastVerdict } from "./hint-choice.ts";
import { renderHint, renderNoHint } from "./hint-text.ts";
import type { Io } from "./io.ts";
import { recordEvent } from "./record-event.ts";
import { isoNow } from "./wall-clock.ts";

export interface HintOptions {
  readonly scenario: string;
  /** Show this one again, or at once. */
  readonly rung?: Rung;
  /** The last verdict was shown without its hint. */
  readonly unseen?: true;
}

/** Throws an environment error without a set-up: the way up the ladder is kept in it. */
export async function run(options: HintOptions, io: Io): Promise<number> {
  const scenario = await loadScenario({ root: io.root, slug: options.scenario });
  const place = { home: join(io.cwd, "workshop"), slug: scenario.slug };
  await openWorkshop(place);
  const [attempts, events] = [await progress.listAttempts(place), await progress.listEvents(place)];
  const last = lastVerdict({ attempts, events });
  if (last?.verdict === "pass") {
    io.out(renderNoHint({ passed: last, slug: scenario.slug, look: io }));
    return 0;
  }
  const choice = chooseHint({ attempts, events, starterCause: scenario.starterFails.cause }, options);
  await show({ choice, scenario, io });
  return 0;
}

async function show({ choice, scenario, io }: { choice: HintChoice; scenario: Scenario; io: Io }): Promise<void> {
  const { cause, rung } = choice;
  const rungs = await hints.load({ root: io.root, slug: scenario.slug, cause });
  const shown = rungs[rung - 1];
  if (shown === undefined) throw noHint(scenario.slug, choice);
  io.out(
    renderHint({ choice, name: shown.name, text: shown.text, next: rungs[rung]?.name ?? null, scenario, look: io }),
  );
  await recordEvent({ slug: scenario.slug, event: { at: isoNow(), kind: "hint", cause, rung }, io });
}

function noHint(slug: string, { cause }: HintChoice): WorkshopError {
  return new WorkshopError({
    code: "environment",
    message: `There is no hint for ${cause}.`,
    hint: `Compare with a fix that holds: npx stale-stats show-reference ${slug}`,
  });
}
