/**
 * Tells a part of the tool that cannot be loaded here from anything that handlers do, and says so to a person.
 * Takes how a process ended, or what it threw before a handler was loaded; gives an error with words for people.
 */
import { WorkshopError } from "../errors.ts";
import type { HandlerProcess } from "../runner/index.ts";

type Ending = Awaited<HandlerProcess["ended"]>;

interface LoadError extends Error {
  readonly code: string;
  /** The file that Node's permission model refused. */
  readonly resource?: string;
}

const CODES: ReadonlySet<unknown> = new Set([
  "ERR_ACCESS_DENIED",
  "ERR_DLOPEN_FAILED",
  "ERR_MODULE_NOT_FOUND",
  "MODULE_NOT_FOUND",
]);

/** A module or an addon is missing, was made for another machine, or may not be read. */
export function isInstallation(error: unknown): error is LoadError {
  return error instanceof Error && "code" in error && CODES.has(error.code);
}

export function installationError(error: LoadError): WorkshopError {
  const { message, resource } = error;
  return said("A part of stale-stats could not be loaded", { message, resource });
}

/** Node prints the line at fault first, then `Error [CODE]: message`, then where from, then the error's members. */
const MESSAGE = /^\w*Error(?: \[\w+\])?: (?<message>.+)$/mu;
const RESOURCE = /^\s*resource: '(?<resource>.+)',?$/mu;

/** For a process that ended before it had said anything. `stderr`: what is left of it. */
export function failedStartError(ending: Pick<Ending, "reason" | "code" | "signal" | "stderr">): WorkshopError {
  const message = MESSAGE.exec(ending.stderr)?.groups?.["message"];
  const resource = RESOURCE.exec(ending.stderr)?.groups?.["resource"];
  return said(`A process of ours ${howItEnded(ending)} before it had loaded a handler`, { message, resource });
}

function howItEnded({ reason, code, signal }: Pick<Ending, "reason" | "code" | "signal">): string {
  if (reason === "silent") return "did not get going and was stopped";
  return signal === null ? `ended with code ${String(code)}` : `was ended by ${signal}`;
}

interface Said {
  readonly message: string | undefined;
  readonly resource: string | undefined;
}

function said(what: string, { message, resource }: Said): WorkshopError {
  const place = resource === undefined ? "" : ` (${resource})`;
  const why = message === undefined ? "." : `: ${message.split("\n")[0] ?? ""}${place}`;
  return new WorkshopError({
    code: "environment",
    message: `${what}${why}`,
    hint: "Install the packages again with npm install; if that does not help, please report it.",
  });
}
