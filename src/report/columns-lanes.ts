/** The same picture for requests that do not fit side by side: a narrow lane each, and one text beside them all. */
import { stepCell } from "./columns-cell.ts";
import { actorLetter, requestHeader } from "./columns-header.ts";
import { type ColumnsOptions, GUTTER, gutter, type NumberedStep, type Scene, switchesAt } from "./columns-scene.ts";
import { indent, type Line, line, span } from "./verdict-ink.ts";

const LANE = 3;

export function laneLines(scene: Scene, options: ColumnsOptions): Line[] {
  const headers = scene.actors.flatMap((request) =>
    requestHeader(request, { ...options, width: options.width - GUTTER, during: scene.phase }),
  );
  const steps = scene.steps.flatMap((step, position) => {
    const rows = stepLines(step, scene, options);
    return switchesAt(scene, position) ? [ruleLine(options), ...rows] : rows;
  });
  return [...indent(headers, GUTTER), ruleLine(options), ...steps];
}

function stepLines(step: NumberedStep, { actors }: Scene, options: ColumnsOptions): Line[] {
  const lanes = actors.map(({ actor }) =>
    (actor === step.actor ? actorLetter(actor) : options.glyphs.idle).padEnd(LANE),
  );
  const active = lanes.map((lane, position) => span(lane, actors[position]?.actor === step.actor ? "strong" : "dim"));
  const beside = GUTTER + LANE * actors.length + 1;
  const [first = [], ...rest] = stepCell(step, { ...options, width: options.width - beside });
  return [[gutter(String(step.number)), ...active, span(" "), ...first], ...indent(rest, beside)];
}

function ruleLine({ glyphs, width }: ColumnsOptions): Line {
  return line(`${" ".repeat(GUTTER)}${glyphs.rule.repeat(width - GUTTER)}`, "dim");
}
