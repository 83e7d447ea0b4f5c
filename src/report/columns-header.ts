/** Who is who in a counterexample: a request's letter, its method and path, and what else tells it from the others. */
import type { Counterexample } from "../vocabulary.ts";
import { durationWords } from "./duration-words.ts";
import type { Glyphs } from "./verdict-glyphs.ts";
import { type Line, line, span, widthOf } from "./verdict-ink.ts";
import { truncate, wrap } from "./verdict-wrap.ts";

type Request = Counterexample["requests"][number];

/** A, B, … Z, then A1, B1, … */
export function actorLetter(actor: number): string {
  const round = Math.floor(actor / 26);
  return `${String.fromCodePoint(65 + (actor % 26))}${round === 0 ? "" : String(round)}`;
}

interface HeaderOptions {
  readonly width: number;
  readonly instances: boolean;
  /** The phase in which the request is shown; later than its own: it left steps behind. */
  readonly during: number;
  readonly glyphs: Glyphs;
}

const LETTER = 3;

/** Notes go behind the path where they fit, else below it. */
export function requestHeader(request: Request, options: HeaderOptions): Line[] {
  const room = options.width - LETTER;
  const [first = "", ...rest] = wrap(`${request.method} ${request.path}`, room);
  const notes = notesOf(request, options).join(", ");
  const head: Line = [span(actorLetter(request.actor).padEnd(LETTER), "strong"), span(first, "strong")];
  const behind: Line = [...head, span(`  ${notes}`, "dim")];
  if (notes === "") return [head, ...rest.map((text) => line(`   ${text}`, "strong"))];
  if (rest.length === 0 && widthOf(behind) <= options.width) return [behind];
  const below = wrap(notes, room)
    .slice(0, 2)
    .map((text) => truncate(text, room, options.glyphs.ellipsis));
  return [head, ...rest.map((text) => line(`   ${text}`, "strong")), ...below.map((text) => line(`   ${text}`, "dim"))];
}

function notesOf({ label, body, instance, phase, later }: Request, { instances, during }: HeaderOptions): string[] {
  if (phase < during) return ["goes on after its answer"];
  const passed = later === undefined ? [] : [`${durationWords(later)} later`];
  return [...passed, ...told({ label, body }), ...(instances ? [`on instance ${instance + 1}`] : [])];
}

/** A label says it better than the body's JSON. */
function told({ label, body }: { label: string | undefined; body: string | undefined }): string[] {
  if (label !== undefined) return [label];
  return body === undefined || body === "" ? [] : [body];
}
