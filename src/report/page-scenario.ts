/** One scenario's part of the page: what was reached, and a picture with its table for each question. */
import { html } from "hono/html";
import type { ScenarioReport } from "../vocabulary.ts";
import { renderChart } from "./chart.ts";
import { type Bar, barChart } from "./chart-bars.ts";
import { timelineChart } from "./chart-timeline.ts";
import { everything, foldedTable, type Html, type Table } from "./page-tables.ts";
import { OUTCOMES, type PageWords, plural, stars, stateOf } from "./page-words.ts";
import { CAUSE_WORDS } from "./verdict-causes.ts";

export function renderScenario(scenario: ScenarioReport, words: PageWords): Html {
  const { slug, title, stars: earned, minutes } = scenario;
  const state = stateOf(scenario);
  return html`<section class="scenario" aria-labelledby="${slug}">
    <header>
      <p class="slug"><code>${slug}</code></p>
      <h2 id="${slug}">${title}</h2>
      <p class="lead">
        <span class="stars" role="img" aria-label="${earned} of 3 stars">${stars(earned)}</span>
        ${state.charAt(0).toUpperCase()}${state.slice(1)}. <span class="muted">Planned for ${minutes} min.</span>
      </p>
    </header>
    ${isEmpty(scenario) ? nothingYet(scenario, words) : pictures(scenario, words)}
  </section>`;
}

function isEmpty({ attempts, events, trouble }: ScenarioReport): boolean {
  return trouble !== null || (attempts.length === 0 && events.every(({ kind }) => kind === "set-up"));
}

function nothingYet({ trouble, setUp, slug }: ScenarioReport, { command }: PageWords): Html {
  if (trouble !== null) return html`<p class="card">${trouble}</p>`;
  const next = setUp ? "test-your-fix" : "setup-test-data";
  const then = setUp
    ? "Each check of a fix is recorded and appears here."
    : "It begins with the set-up, in this folder.";
  return html`<p class="card">${then} Run: <code>${command([next, slug])}</code></p>`;
}

function pictures(scenario: ScenarioReport, words: PageWords): Html {
  return html`<div class="card">
      <h3>Attempts over time</h3>
      <ul class="legend">
        ${OUTCOMES.map(
          ({ outcome, sign, words: meaning }) =>
            html`<li><span class="${outcome}" aria-hidden="true">${sign}</span> ${meaning}</li>`,
        )}
      </ul>
      ${renderChart(timelineChart(scenario))} ${foldedTable(everything(scenario, words))}
    </div>
    <div class="cards">${causes(scenario)}${hints(scenario)}${prompts(scenario)}</div>`;
}

function causes(scenario: ScenarioReport): Html {
  const bars = scenario.causes.map(({ cause, attempts }) => ({
    name: cause,
    value: String(attempts),
    parts: [{ size: attempts, fill: "var(--fail)" }],
  }));
  const rows = scenario.causes.map(({ cause, attempts }) => [cause, CAUSE_WORDS[cause].title, attempts]);
  return picture({
    title: "Causes met",
    about: "How many attempts were told which cause.",
    none: "No attempt was told a cause.",
    bars,
    table: { caption: "Causes met", head: ["Cause", "Meaning", "Attempts"], rows },
  });
}

function hints(scenario: ScenarioReport): Html {
  const shown = scenario.hints.some((hint) => hint.shown > 0) ? scenario.hints : [];
  return picture({
    title: "Hints shown",
    about: "How often each rung was shown, from a question to the solution.",
    none: "No hint was asked for.",
    bars: shown.map(({ rung, name, shown: times }) => ({
      name: `${rung}  ${name}`,
      value: String(times),
      parts: [{ size: times, fill: "var(--accent)" }],
    })),
    table: {
      caption: "Hints shown",
      head: ["Rung", "Name", "Shown"],
      rows: shown.map(({ rung, name, shown: times }) => [rung, name, times]),
    },
  });
}

function prompts({ promptLevels }: ScenarioReport): Html {
  return picture({
    title: "Prompt levels used",
    about: "Attempts made at each level; the green part passed.",
    none: "No prompt was shown.",
    bars: promptLevels.map(({ level, attempts, passed }) => ({
      name: `level ${level}`,
      value: attempts === 0 ? "shown, no attempt" : `${plural(attempts, "attempt")}, ${passed} passed`,
      parts: [
        { size: passed, fill: "var(--pass)" },
        { size: attempts - passed, fill: "var(--fail)" },
      ],
    })),
    table: {
      caption: "Prompt levels used",
      head: ["Level", "Shown", "Attempts", "Passed"],
      rows: promptLevels.map(({ level, shown, attempts, passed }) => [level, shown, attempts, passed]),
    },
  });
}

interface Picture {
  readonly title: string;
  readonly about: string;
  readonly none: string;
  readonly bars: readonly Bar[];
  readonly table: Table;
}

function picture({ title, about, none, bars, table }: Picture): Html {
  if (bars.length === 0)
    return html`<div class="card">
      <h3>${title}</h3>
      <p class="muted">${none}</p>
    </div>`;
  const label = `${title}: ${bars.map(({ name, value }) => `${name} ${value}`).join("; ")}.`;
  return html`<div class="card">
    <h3>${title}</h3>
    <p class="muted">${about}</p>
    ${renderChart(barChart(label, bars))} ${foldedTable(table)}
  </div>`;
}
