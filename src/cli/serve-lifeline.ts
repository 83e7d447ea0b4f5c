/**
 * The serving process's line to the command: what it tells, and its last words when handlers end it or throw where
 * nobody awaits it. One for each process.
 */
import { WorkshopError } from "../errors.ts";
import { live } from "../runner/index.ts";
import type { HandlerFault } from "../vocabulary.ts";
import { installationError, isInstallation } from "./failed-start.ts";
import type { FromServing } from "./serve-message.ts";

export interface Lifeline {
  tell(message: FromServing): void;
  /** Ends the process with why. `home`: the folder that holds the handlers. */
  fail(home: string, error: unknown): void;
  /** From now on the process ends because it was told to. Whatever timers the handlers left behind go with it. */
  end(): void;
}

export function openLifeline(): Lifeline {
  let ending = false;
  const last = (message: FromServing): void => {
    if (ending) return;
    ending = true;
    process.send?.(message, undefined, undefined, killSelf);
  };
  return {
    tell,
    fail: (home, error) => last(lastWords(home, error)),
    end: () => {
      ending = true;
      killSelf();
    },
  };
}

/** What ends the process or goes wrong outside a request is told with the line that did it, before it ends. */
export function watchForEscapes(lifeline: Lifeline, home: string): void {
  process.once("exit", (code) => {
    const location = whereIn(home, new Error("exit")); // the caller of process.exit is still on the stack
    tell({ kind: "escaped", fault: { message: `The handlers ended the process (exit code ${code}).`, location } });
  });
  for (const event of ["uncaughtException", "unhandledRejection"] as const)
    process.on(event, (thrown: unknown) => lifeline.fail(home, thrown));
}

function tell(message: FromServing): void {
  process.send?.(message);
}

function killSelf(): void {
  process.kill(process.pid, "SIGKILL");
}

function lastWords(home: string, error: unknown): FromServing {
  const location = whereIn(home, error);
  if (location === null && error instanceof WorkshopError) return environment(error);
  if (location === null && isInstallation(error)) return environment(installationError(error));
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { kind: "escaped", fault: { message: `Thrown where nobody awaits it: ${said}`, location } };
}

function environment({ message, hint }: WorkshopError): FromServing {
  return { kind: "environment", message, hint };
}

/** Whichever version it was. */
function whereIn(home: string, thrown: unknown): HandlerFault["location"] {
  const location = live.locate(thrown, home);
  return location === null ? null : { ...location, file: location.file.replace(/^[^/]+\/a\//u, "") };
}
