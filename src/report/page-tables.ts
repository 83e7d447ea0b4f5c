/** The report's figures in rows, beside each picture: what a screen reader, a printer and a careful reader need. */
import { html } from "hono/html";
import type { AttemptRecord, ProgressEvent, ScenarioReport, Timed } from "../vocabulary.ts";
import type { Markup } from "./chart.ts";
import { duration, OUTCOMES, outcomeOf, type PageWords, stars } from "./page-words.ts";

export type Html = Markup | Promise<Markup>;

export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  /** The first cell of each row is its heading. */
  readonly rows: readonly (readonly (string | number | Html)[])[];
}

/** Wide tables scroll by themselves, and by keyboard. */
function renderTable({ caption, head, rows }: Table): Html {
  return html`<div class="scroll" role="group" tabindex="0" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map(renderCell)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

function renderCell(cell: string | number | Html, position: number): Html {
  if (position === 0) return html`<th scope="row">${cell}</th>`;
  return typeof cell === "number" ? html`<td class="number">${cell}</td>` : html`<td>${cell}</td>`;
}

/** Folded under a picture; printed unfolded. */
export function foldedTable(table: Table): Html {
  return html`<details>
    <summary>The same as a table</summary>
    ${renderTable(table)}
  </details>`;
}

/** Everything that was recorded, in order. */
export function everything(scenario: ScenarioReport, words: PageWords): Table {
  const attempts = scenario.attempts.map((attempt, position) => ({
    record: attempt,
    cells: attemptCells(attempt, position),
  }));
  const events = scenario.events.map((event) => ({ record: event, cells: eventCells(event) }));
  const all = [...attempts, ...events].sort(
    (one, other) => one.record.millisecondsSpent - other.record.millisecondsSpent,
  );
  return {
    caption: "Everything that was recorded, in order",
    head: ["At work", "When", "What", "Result", "Took", "Cause", "Prompt"],
    rows: all.map(({ record, cells }) => [
      duration(record.millisecondsSpent),
      html`<time datetime="${record.at}">${words.localTime(record.at)}</time>`,
      ...cells,
    ]),
  };
}

function attemptCells(attempt: Timed<AttemptRecord>, position: number): (string | Html)[] {
  const { verdict, cause, attempt: name, assistant, promptLevel } = attempt;
  const level = promptLevel === null ? "" : `level ${promptLevel}`;
  return [
    `attempt ${position + 1}${name === null ? "" : `, saved as ${name}`}`,
    html`<span class="${outcomeOf(verdict)}">${signOf(attempt)} ${verdict}</span> ${starsCell(attempt)}`,
    `${(attempt.milliseconds / 1000).toFixed(1)} s`,
    cause === null || verdict === "pass" ? "" : html`<code>${cause}</code>`,
    [level, assistant ?? ""].filter((each) => each !== "").join(", "),
  ];
}

function signOf({ verdict }: AttemptRecord): string {
  return OUTCOMES.find(({ outcome }) => outcome === outcomeOf(verdict))?.sign ?? "";
}

function starsCell({ stars: earned }: AttemptRecord): Html {
  return html`<span role="img" aria-label="${earned} of 3 stars">${stars(earned)}</span>`;
}

function eventCells(event: Timed<ProgressEvent>): (string | Html)[] {
  if (event.kind === "hint") return [`hint, rung ${event.rung}`, "", "", html`<code>${event.cause}</code>`, ""];
  if (event.kind === "prompt") return ["prompt shown", "", "", "", `level ${event.level}`];
  return [event.kind, "", "", "", ""];
}
