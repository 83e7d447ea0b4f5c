/**
 * What the gate costs: worlds of two reads and a write, explored by the runner, against the same requests of the same
 * handlers simply sent, and against fast-check's scheduler.
 */
import { fork } from "node:child_process";
import { join } from "node:path";
import { scenario } from "../scenarios/stale-statistics/scenario.ts";
import { prepareHandlers } from "../src/runner/index.ts";
import type { Ratio } from "./compare.ts";
import { referenceFix } from "./reference-fix.ts";
import type { Rates, WorldsMessage } from "./worlds-process.ts";

export async function measureWorlds(): Promise<readonly Ratio[]> {
  const made = prepareHandlers({ files: await referenceFix(), routes: scenario.routes });
  if ("fault" in made) throw new Error(made.fault.fault.message);
  try {
    const { overlapping, inSequence, scheduled } = await askForRates(made.prepared.folder);
    return [
      againstPlain("gated, three overlapping requests, worlds a second against not gated", overlapping),
      againstPlain("gated, three requests in sequence, worlds a second against not gated", inSequence),
      againstFastCheck(scheduled, overlapping.plain),
    ];
  } finally {
    made.prepared.remove();
  }
}

function askForRates(folder: string): Promise<Rates> {
  const child = fork(join(import.meta.dirname, "worlds-process.ts"), {
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  return new Promise((resolve, reject) => {
    child.once("message", (message: WorldsMessage) => {
      if ("rates" in message) resolve(message.rates);
      else reject(new Error(message.error));
    });
    child.once("exit", (code) => reject(new Error(`The process that plays worlds ended with ${String(code)}.`)));
    child.once("error", reject);
    child.send(folder);
  });
}

function againstPlain(what: string, { gated, plain }: { gated: number; plain: number }): Ratio {
  const detail = `${gated.toFixed(0)} a second, ${plain.toFixed(0)} a second`;
  return { what, measured: gated / plain, bound: { at: "least", value: 0.6 }, unit: "×", detail };
}

function againstFastCheck({ gated, fastCheck, freshFastCheck }: Rates["scheduled"], plain: number): Ratio {
  const rest = `${freshFastCheck.toFixed(0)} with a service of its own for each run; not scheduled at all ${plain.toFixed(0)}`;
  return {
    what: "gated, overlapping, worlds a second against fast-check's scheduler",
    measured: gated / fastCheck,
    bound: { at: "least", value: 5 },
    unit: "×",
    detail: `${gated.toFixed(0)} a second, ${fastCheck.toFixed(0)} a second (${rest})`,
  };
}
