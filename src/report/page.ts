/** The report as one HTML page: an overview, then each scenario. Everything in it is escaped unless drawn here. */
import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { ScenarioReport, WorkshopReport } from "../vocabulary.ts";
import { renderChart } from "./chart.ts";
import { timeToPassChart } from "./chart-time-to-pass.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { renderScenario } from "./page-scenario.ts";
import { foldedTable, type Html } from "./page-tables.ts";
import { duration, GENERATOR, type PageWords, plural, stars, stateOf } from "./page-words.ts";

/** No script, no picture, no font, no form: the page can do nothing but be read. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(PAGE_STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'`;

export async function renderPage(report: WorkshopReport, words: PageWords): Promise<string> {
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="generator" content="${GENERATOR}" />
        <meta http-equiv="content-security-policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Workshop report: ${report.folder}</title>
        ${raw(`<style>${PAGE_STYLE}</style>`)}
      </head>
      <body>
        <header class="top">
          <p class="eyebrow">Workshop report</p>
          <h1>${report.folder}</h1>
          <p class="muted">
            Written <time datetime="${report.writtenAt}">${words.localTime(report.writtenAt)}</time> by stale-stats
            ${report.version}, from the records in this folder.
          </p>
        </header>
        <main>
          ${figures(report)} ${timeToPass(report)}
          ${report.scenarios.map((scenario) => renderScenario(scenario, words))}
        </main>
        <footer>
          <p>Time at work is the time between one record and the next; a pause of more than 15 minutes counts as 15.</p>
        </footer>
      </body>
    </html> `;
  return String(page);
}

function figures({ scenarios }: WorkshopReport): Html {
  const sum = (count: (scenario: ScenarioReport) => number): number =>
    scenarios.reduce((total, scenario) => total + count(scenario), 0);
  const attempts = sum((each) => each.attempts.length);
  const hints = sum((each) => each.hints.reduce((total, { shown }) => total + shown, 0));
  const tiles = [
    [`${sum(({ firstPass }) => (firstPass === null ? 0 : 1))} of ${scenarios.length}`, "scenarios passed"],
    [String(attempts), attempts === 1 ? "attempt" : "attempts"],
    [duration(sum(({ millisecondsSpent }) => millisecondsSpent)), "at work"],
    [String(hints), hints === 1 ? "hint shown" : "hints shown"],
  ];
  return html`<dl class="figures">
    ${tiles.map(
      ([value, name]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function timeToPass({ scenarios }: WorkshopReport): Html {
  const begun = scenarios.filter(({ attempts }) => attempts.length > 0);
  if (begun.length === 0) return html``;
  const rows = begun.map((each) => [
    each.slug,
    stateOf(each),
    each.firstPass === null ? "" : duration(each.firstPass.millisecondsElapsed),
    `${each.minutes} min`,
    stars(each.stars),
  ]);
  return html`<section class="card" aria-labelledby="time-to-a-pass">
    <h2 id="time-to-a-pass">Time to a pass</h2>
    <p class="muted">
      The bar is the time at work until the first pass, or so far; the upright line is what was planned.
    </p>
    ${renderChart(timeToPassChart(begun))}
    ${foldedTable({
      caption: `Time to a pass in ${plural(begun.length, "scenario")}`,
      head: ["Scenario", "State", "By the clock", "Planned", "Stars"],
      rows,
    })}
  </section>`;
}
