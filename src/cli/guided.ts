/**
 * `stale-stats` without arguments in a terminal: pick a scenario, then go through its steps. What a scenario needs is
 * set up on the way. Everything in it is a plain command as well.
 */
import { join, relative } from "node:path";
import { WorkshopError } from "../errors.ts";
import { listScenarios, loadScenario, starterFiles } from "../scenario/index.ts";
import { openWorkshop, workingCopyFolder } from "../workspace/index.ts";
import type { Io } from "./io.ts";
import { listedScenarios } from "./list.ts";
import { printOf } from "./look-at-copy.ts";
import { onLiveScreen } from "./on-live-screen.ts";
import { pickerText } from "./picker-text.ts";
import { pressInPicker } from "./picker-state.ts";
import { type Leaving, runSession, type Stage } from "./session.ts";
import { wrapped } from "./session-text.ts";

/** Ends when the person quits, and between two screens when it is told to. */
export async function runGuided(io: Io): Promise<number> {
  return await onLiveScreen(io, async (stage) => {
    let leaving: Leaving = "leave";
    while (leaving === "leave" && !stage.stopped.aborted) {
      const slug = await pickScenario(io, stage);
      leaving = slug === null ? "quit" : await visit(slug, io, stage);
    }
    return 0;
  });
}

/** Null when the person wants to leave, or the program has to. */
async function pickScenario(io: Io, { screen, stopped }: Stage): Promise<string | null> {
  const listed = await listedScenarios(await listScenarios(io.root), io);
  const begun = listed.findIndex(({ passed, setUp }) => setUp && !passed);
  let state = { count: listed.length, chosen: Math.max(begun, 0) };
  const draw = (): void => {
    const look = { ...io, width: screen.size().columns };
    screen.draw(pickerText({ listed, chosen: state.chosen, look, rows: screen.size().rows }));
  };
  const picked = Promise.withResolvers<string | null>();
  const leave = (): void => picked.resolve(null);
  stopped.addEventListener("abort", leave);
  screen.listen({
    resized: draw,
    key: (key) => {
      const next = pressInPicker(state, key);
      if (next.kind === "quit") leave();
      if (next.kind === "picked") picked.resolve(listed[next.chosen]?.slug ?? null);
      if (next.kind !== "choosing") return;
      state = next.state;
      draw();
    },
  });
  draw();
  return await picked.promise.finally(() => stopped.removeEventListener("abort", leave));
}

async function visit(slug: string, io: Io, stage: Stage): Promise<Leaving> {
  const scenario = await loadScenario({ root: io.root, slug });
  const note = await setUpIfNeeded(slug, io, stage);
  const known = printOf(await starterFiles({ root: io.root, slug }));
  return await runSession({ scenario, io, mode: "guided", known, ...(note === null ? {} : { note }) }, stage);
}

/** What to say of it; null when it was done already. */
async function setUpIfNeeded(slug: string, io: Io, { screen }: Stage): Promise<string | null> {
  const place = { home: join(io.cwd, "workshop"), slug };
  try {
    await openWorkshop(place);
    return null;
  } catch (error) {
    if (!(error instanceof WorkshopError)) throw error;
  }
  screen.listen({ key: () => {}, resized: () => {} });
  const look = { ...io, width: screen.size().columns };
  screen.draw(`${wrapped(`Setting up ${slug}, which was not done here yet.`, look).join("\n")}\n\n`);
  const { run } = await import("./setup-test-data.ts");
  await run({ scenario: slug }, { ...io, interactive: false, out: () => {}, err: screen.append });
  const folder = relative(io.cwd, workingCopyFolder(place));
  return `This was not set up here yet; now it is. ${folder} holds your copy of the handlers.`;
}
