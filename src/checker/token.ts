/**
 * What `--replay` takes: a property, a plan and a schedule in one short word. `r1.`, then base64url of a compact text,
 * then a checksum. Encoding and decoding are exact inverses; a damaged token is a usage error.
 */
import { WorkshopError } from "../errors.ts";
import type { Actor, Fault, Phase, PropertyId, RequestRef, RunPlan, Schedule } from "../vocabulary.ts";
import { hashText } from "./random.ts";

export interface Replay {
  readonly property: PropertyId;
  readonly plan: RunPlan;
  readonly schedule: Schedule;
}

const VERSION = "r1.";
const PHASE = /^(?:(\d+)!)?((?:[rowxej]\d+[ab])+)$/;
const ACTOR = /([rowxej]\d+)([ab])/g;
const FAULT = /^(miss|false|error|hang|lose-delete|evict|crash)(\d+)$/;
const RUN = /^([0-9a-z]+)(?:\*(\d+))?$/;

/** Repairs and tracing are not part of a token: they are the checker's own doing. */
export function encodeToken({ property, plan, schedule }: Replay): string {
  const { wholeReads, probe, outsideFirst, justStarted, paced, forgetfulClients } = plan;
  const set = { w: wholeReads, p: probe, o: outsideFirst, n: justStarted, t: paced, f: forgetfulClients };
  const flags = Object.entries(set).flatMap(([flag, isSet]) => (isSet === true ? flag : []));
  const parts = [
    property,
    plan.seed,
    flags.join(""),
    plan.phases.map(encodePhase).join(" "),
    (plan.faults ?? []).map(({ kind, from }) => kind + String(from)).join(" "),
    encodeSchedule(schedule),
  ];
  const text = parts.map((part) => part.replaceAll("%", "%25").replaceAll("|", "%7C")).join("|");
  return `${VERSION}${Buffer.from(text, "utf8").toString("base64url")}${checksum(text)}`;
}

/** Throws a WorkshopError (`usage`) for anything that `encodeToken` did not make. */
export function decodeToken(token: string): Replay {
  const body = token.slice(VERSION.length, -4);
  const text = Buffer.from(body, "base64url").toString("utf8");
  const whole = Buffer.from(text, "utf8").toString("base64url") === body; // the last letter has bits that no byte holds
  if (!token.startsWith(VERSION) || !whole || checksum(text) !== token.slice(-4)) throw unreadable();
  const [property = "", seed = "", flags = "", phases = "", faults = "", schedule = ""] = text
    .split("|")
    .map((part) => part.replaceAll("%7C", "|").replaceAll("%25", "%"));
  const plan: RunPlan = {
    phases: words(phases).map(decodePhase),
    probe: flags.includes("p"),
    seed,
    ...(flags.includes("w") ? { wholeReads: true } : {}),
    ...(flags.includes("o") ? { outsideFirst: true } : {}),
    ...(flags.includes("n") ? { justStarted: true } : {}),
    ...(flags.includes("t") ? { paced: true } : {}),
    ...(flags.includes("f") ? { forgetfulClients: true } : {}),
    ...(faults === "" ? {} : { faults: words(faults).map(decodeFault) }),
  };
  return { property, plan, schedule: words(schedule).flatMap(decodeRun) };
}

/** Names the data that a token was made over. Throws like `decodeToken`. */
export function seedOfToken(token: string): string {
  return decodeToken(token).plan.seed;
}

function encodePhase({ actors, wait }: Phase): string {
  return (
    (wait === undefined ? "" : `${wait}!`) +
    actors.map(({ ref, instance }) => ref + (instance === 0 ? "a" : "b")).join("")
  );
}

function decodePhase(word: string): Phase {
  const [, wait, actors = ""] = PHASE.exec(word) ?? fail();
  return {
    actors: [...actors.matchAll(ACTOR)].map(decodeActor),
    ...(wait === undefined ? {} : { wait: Number(wait) }),
  };
}

function decodeActor([, ref, side]: RegExpExecArray): Actor {
  return { ref: ref as RequestRef, instance: side === "a" ? 0 : 1 };
}

function decodeFault(word: string): Fault {
  const [, kind, from] = FAULT.exec(word) ?? fail();
  return { kind: kind as Fault["kind"], from: Number(from) };
}

/** Equal neighbours are counted: a request mostly does several steps of one kind in a row. */
function encodeSchedule(schedule: Schedule): string {
  const runs: { id: number; times: number }[] = [];
  for (const id of schedule) {
    const last = runs.at(-1);
    if (last?.id === id) last.times += 1;
    else runs.push({ id, times: 1 });
  }
  return runs.map(({ id, times }) => id.toString(36) + (times === 1 ? "" : `*${times}`)).join(" ");
}

function decodeRun(word: string): number[] {
  const [, id = "", times = "1"] = RUN.exec(word) ?? fail();
  return Array.from({ length: Math.min(Number(times), 10_000) }, () => Number.parseInt(id, 36));
}

function words(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}

/** Four characters. */
function checksum(text: string): string {
  return Buffer.from([hashText(text) & 0xff, (hashText(text) >>> 8) & 0xff, (hashText(text) >>> 16) & 0xff]).toString(
    "base64url",
  );
}

function fail(): never {
  throw unreadable();
}

function unreadable(): WorkshopError {
  return new WorkshopError({
    code: "usage",
    message: "This replay token is damaged or was made by another version.",
    hint: "Copy the whole token: it stands behind `--replay`, in one long line. Or run the check again for a new one.",
  });
}
