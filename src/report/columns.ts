/**
 * A counterexample as a picture: steps numbered in order, one column per request, a rule where control switches.
 * Takes the finished story and a width, gives lines. Requests too many for columns become lanes before one text.
 */
import type { Counterexample } from "../vocabulary.ts";
import { stepCell } from "./columns-cell.ts";
import { requestHeader } from "./columns-header.ts";
import { laneLines } from "./columns-lanes.ts";
import { type ColumnsOptions, GUTTER, gutter, type Scene, splitScenes, switchesAt } from "./columns-scene.ts";
import { blankLine, type Line, line, padTo, span, widthOf } from "./verdict-ink.ts";

const NARROWEST = 28;

/** No line is wider than `options.width`, as long as that is 40 or more. */
export function columnLines(story: Pick<Counterexample, "requests" | "steps">, options: ColumnsOptions): Line[] {
  const scenes = splitScenes(story).map((scene) => sceneLines(scene, options));
  return scenes.flatMap((lines, position) => (position === 0 ? lines : [blankLine, ...lines]));
}

function sceneLines(scene: Scene, options: ColumnsOptions): Line[] {
  const room = Math.floor((options.width - GUTTER - 3 * (scene.actors.length - 1)) / scene.actors.length);
  if (scene.actors.length > 1 && room < NARROWEST) return laneLines(scene, options);
  const width = Math.min(room, widestCell(scene, options));
  return [...headerRows(scene, { ...options, width }), ...stepRows(scene, { ...options, width })];
}

/** Short steps make a narrow picture: columns far apart are hard to read across. */
function widestCell({ actors, steps, phase }: Scene, options: ColumnsOptions): number {
  const cells = [
    ...steps.map((step) => stepCell(step, options)),
    ...actors.map((request) => requestHeader(request, { ...options, during: phase })),
  ];
  return Math.max(NARROWEST, ...cells.flat().map(widthOf));
}

/** From here on `width` is that of one column. */
function headerRows({ actors, phase }: Scene, options: ColumnsOptions): Line[] {
  const cells = actors.map((request) => requestHeader(request, { ...options, during: phase }));
  const rows = tableRows({ label: "", cells, options });
  return actors.length === 1 ? rows : [...rows, ruleRow(actors.length, options)];
}

function stepRows(scene: Scene, options: ColumnsOptions): Line[] {
  return scene.steps.flatMap((step, position) => {
    const cells = scene.actors.map(({ actor }) => (actor === step.actor ? stepCell(step, options) : []));
    const rows = tableRows({ label: String(step.number), cells, options });
    return switchesAt(scene, position) ? [ruleRow(scene.actors.length, options), ...rows] : rows;
  });
}

function tableRows(row: { label: string; cells: readonly (readonly Line[])[]; options: ColumnsOptions }): Line[] {
  const { glyphs, width } = row.options;
  const height = Math.max(...row.cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, nth) => {
    const columns = row.cells.map((cell, position) => [
      ...(position === 0 ? [] : [span(` ${glyphs.bar} `, "dim")]),
      ...padTo(cell[nth] ?? [], width),
    ]);
    return [gutter(nth === 0 ? row.label : ""), ...columns.flat()];
  });
}

function ruleRow(columns: number, { glyphs, width }: ColumnsOptions): Line {
  const parts = Array.from({ length: columns }, () => glyphs.rule.repeat(width));
  return line(`${" ".repeat(GUTTER)}${parts.join(`${glyphs.rule}${glyphs.cross}${glyphs.rule}`)}`, "dim");
}
