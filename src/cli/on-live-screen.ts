/** Gives a screen to work that talks with a person, and takes it back however that ends. */
import type { Io } from "./io.ts";
import { openLiveScreen } from "./live-screen.ts";
import type { Stage } from "./session.ts";
import { untilStopped } from "./until-stopped.ts";

export async function onLiveScreen<Result>(io: Io, body: (stage: Stage) => Promise<Result>): Promise<Result> {
  const screen = openLiveScreen();
  try {
    return await untilStopped(io, (stopped) => body({ screen, stopped }));
  } finally {
    screen.close();
  }
}
