/** `show-reference`: an accepted fix against the participant's files, with its reasons and what it still misses. */
import { join } from "node:path";
import { WorkshopError } from "../errors.ts";
import { fixFiles, loadFixes, loadScenario, nearest } from "../scenario/index.ts";
import type { Io } from "./io.ts";
import { ownFiles } from "./own-files.ts";
import { recordEvent } from "./record-event.ts";
import { type Accepted, renderReference, renderStrategies } from "./show-reference-text.ts";
import { isoNow } from "./wall-clock.ts";

export interface ReferenceOptions {
  readonly scenario: string;
  readonly full?: boolean;
  readonly strategy?: string;
  readonly list?: boolean;
}

export async function run(options: ReferenceOptions, io: Io): Promise<number> {
  const place = { root: io.root, slug: options.scenario };
  const scenario = await loadScenario(place);
  const fixes = await loadFixes({ ...place, kind: "accepted" });
  if (options.list === true) {
    io.out(renderStrategies({ fixes, slug: scenario.slug, look: io }));
    return 0;
  }
  const fix = choose(fixes, options.strategy);
  const own = await ownFiles({ ...place, home: join(io.cwd, "workshop"), scenario });
  const after = await fixFiles({ ...place, fix });
  io.out(renderReference({ fix, own, after, full: options.full ?? false, slug: scenario.slug, look: io }));
  await recordEvent({ slug: scenario.slug, event: { at: isoNow(), kind: "reference" }, io });
  return 0;
}

/** The first is the reference. Throws a usage error that lists the names. */
function choose(fixes: readonly Accepted[], name: string | undefined): Accepted {
  const fix = name === undefined ? fixes[0] : fixes.find((one) => one.name === name);
  if (fix) return fix;
  if (name === undefined || fixes.length === 0) {
    throw new WorkshopError({
      code: "usage",
      message: "This scenario ships no accepted fix.",
      hint: "Choose another scenario.",
    });
  }
  throw unknownStrategy(
    name,
    fixes.map((one) => one.name),
  );
}

function unknownStrategy(name: string, known: readonly string[]): WorkshopError {
  const meant = nearest(name.toLowerCase(), known);
  return new WorkshopError({
    code: "usage",
    message: `There is no strategy called "${name}".`,
    hint:
      meant === undefined
        ? `Choose one of: ${known.join(", ")}.`
        : `Did you mean "${meant}"? See them all with: npx stale-stats show-reference --list`,
  });
}
