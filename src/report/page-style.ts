/** The page's one style sheet: light and dark, 360 to 1920 pixels, and paper. Names colours that the charts use. */
export const PAGE_STYLE = `
:root {
  --page: #f6f6f4; --card: #ffffff; --ink: #1d1e20; --muted: #5c6068; --line: #e4e4e0; --track: #f0f0ed;
  --pass: #18794e; --fail: #c2410c; --other: #8f6400; --open: #8b9099; --accent: #3e63dd; --on-accent: #ffffff;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #111214; --card: #1a1c1f; --ink: #ececee; --muted: #a2a7b0; --line: #2c2f34; --track: #24272b;
    --pass: #3dd68c; --fail: #ff8b3e; --other: #f0c04c; --open: #757b85; --accent: #9eb1ff; --on-accent: #111214;
  }
}
*, *::before, *::after { box-sizing: border-box; }
body {
  margin: 0 auto; padding: clamp(1rem, 4vw, 3rem) clamp(1rem, 4vw, 2rem); max-width: 72rem;
  background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
}
h1, h2, h3, p { margin: 0; }
h1 { font-size: clamp(1.75rem, 5vw, 2.5rem); line-height: 1.15; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { font-size: 1.375rem; line-height: 1.25; letter-spacing: -0.01em; }
h3 { font-size: 1rem; line-height: 1.4; }
.muted, .eyebrow, footer { color: var(--muted); }
.muted { font-size: 0.875rem; }
.eyebrow { font-size: 0.8125rem; font-weight: 600; letter-spacing: 0.06em; text-transform: uppercase; }
.top { display: grid; gap: 0.375rem; margin-bottom: 2rem; }
main { display: grid; gap: 1.25rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; padding: clamp(1rem, 3vw, 1.5rem); min-width: 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1px; margin: 0;
  background: var(--line); border: 1px solid var(--line); border-radius: 0.75rem; overflow: hidden; }
.figures div { display: flex; flex-direction: column-reverse; justify-content: flex-end; background: var(--card); padding: 1rem clamp(1rem, 3vw, 1.5rem); }
.figures dt { color: var(--muted); font-size: 0.875rem; }
.figures dd { margin: 0; font-size: 1.5rem; font-weight: 600; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
.scenario { display: grid; gap: 1.25rem; margin-top: 2rem; min-width: 0; }
.slug { color: var(--muted); font-size: 0.875rem; margin-bottom: 0.125rem; }
.lead { margin-top: 0.25rem; }
.stars { color: var(--other); letter-spacing: 0.08em; margin-right: 0.5rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 1.25rem; align-items: start; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0.25rem 0 0; padding: 0; list-style: none; color: var(--muted); font-size: 0.875rem; }
.pass { color: var(--pass); } .fail { color: var(--fail); } .other { color: var(--other); }
.chart-frame { container-type: inline-size; margin-top: 0.75rem; }
.chart { display: block; width: 100%; height: auto; overflow: visible; }
.chart text { white-space: pre; }
.chart.middle, .chart.wide { display: none; }
@container (min-width: 32rem) { .chart.narrow { display: none; } .chart.middle { display: block; } }
@container (min-width: 54rem) { .chart.middle { display: none; } .chart.wide { display: block; } }
details { margin-top: 0.75rem; }
summary { cursor: pointer; color: var(--muted); font-size: 0.875rem; }
.scroll { overflow-x: auto; margin-top: 0.75rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 0.375rem 1rem 0.375rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); white-space: nowrap; }
td:last-child { min-width: 9rem; white-space: normal; overflow-wrap: anywhere; }
.cards td, .cards tbody th { white-space: normal; }
thead th { color: var(--muted); font-weight: 500; }
tbody th { font-weight: 500; }
.number { font-variant-numeric: tabular-nums; }
code { font: 0.9em ui-monospace, "Cascadia Code", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
footer { margin-top: 2.5rem; font-size: 0.8125rem; }
@media print {
  :root {
    --page: #ffffff; --card: #ffffff; --ink: #000000; --muted: #444444; --line: #cccccc; --track: #eeeeee;
    --pass: #18794e; --fail: #c2410c; --other: #8f6400; --open: #8b9099; --accent: #3e63dd; --on-accent: #ffffff; color-scheme: light;
  }
  body { max-width: none; padding: 0; font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .card, .figures { break-inside: avoid; }
  summary { display: none; }
  details::details-content { content-visibility: visible; height: auto; }
  .scroll { overflow: visible; }
  th, td { white-space: normal; }
}
`;
