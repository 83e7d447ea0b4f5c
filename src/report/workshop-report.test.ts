/** The report's page as text and its JSON against the published schema; how the page looks is `page-in-browser.test.ts`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import type { ScenarioReport, WorkshopReport } from "../vocabulary.ts";
import { duration } from "./page-words.ts";
import { reportSchema } from "./workshop-report-schema.ts";
import { workshopReport } from "./workshop-report.ts";

const root = join(import.meta.dirname, "../..");
const published: object = JSON.parse(readFileSync(join(root, "schema/report-v1.json"), "utf8"));
const isValid = new Ajv2020({ allErrors: true }).compile(published);
const example: WorkshopReport = JSON.parse(readFileSync(join(root, "fixtures/reports/four-scenarios.json"), "utf8"));
const words = {
  localTime: (iso: string): string => `at ${iso.slice(11, 16)}`,
  command: (args: readonly string[]): string => ["run", ...args].join(" "),
};

async function pageOf(report: WorkshopReport): Promise<Document> {
  return parseHTML(await workshopReport.page(report, words)).document;
}

/** A number, because a failing assertion would print the whole document. */
function count(place: ParentNode | null | undefined, selector: string): number {
  return place?.querySelectorAll(selector).length ?? 0;
}

function only(...scenarios: ScenarioReport[]): WorkshopReport {
  return { ...example, scenarios };
}

function scenarioAt(position: number): ScenarioReport {
  const found = example.scenarios[position];
  if (found === undefined) throw new Error(`the example has no scenario ${position}`);
  return found;
}

test("the published file is the schema of the code, and the example keeps it", () => {
  expect(published).toEqual(JSON.parse(JSON.stringify(reportSchema)));
  isValid(JSON.parse(workshopReport.json(example)));
  expect(isValid.errors ?? []).toEqual([]);
});

test.each([
  ["another version", { ...example, schemaVersion: 2 }],
  ["a member that nobody knows", { ...example, room: "12" }],
  ["an unknown verdict", only({ ...scenarioAt(0), attempts: [{ verdict: "passed" }] } as never)],
  ["a rung too many", only({ ...scenarioAt(0), hints: [{ rung: 6, name: "more", shown: 0 }] } as never)],
])("%s is refused by the schema", (_what, report) => {
  expect(isValid(report)).toBe(false);
});

test("what people wrote is text on the page, and never markup", async () => {
  const text = await workshopReport.page(example, words);
  expect(example.folder).toContain("<script>");
  expect(text).toContain("ada &lt;script&gt;alert(1)&lt;/script&gt;");
  expect(text).toContain("Some &lt;b&gt;assistant&lt;/b&gt; &amp; &quot;friend&quot;");
  const { document } = parseHTML(text);
  expect(count(document, "script, b, img, link, iframe, object, embed, form, a")).toBe(0);
});

test("nothing comes from outside, and the policy says so", async () => {
  const text = await workshopReport.page(example, words);
  const { document } = parseHTML(text);
  expect(text.replaceAll("http://www.w3.org/", "")).not.toMatch(/https?:|\burl\(|@import|\bsrc=|\bstyle="/u);
  expect(count(document, "style")).toBe(1);
  const policy = document.querySelector("meta[http-equiv]")?.getAttribute("content");
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'; form-action 'none'$/u);
});

test("a page is known by its first kilobyte, and others are not taken for one", async () => {
  const text = await workshopReport.page(example, words);
  expect(workshopReport.isPage(text.slice(0, 1000))).toBe(true);
  expect(workshopReport.isPage("<!doctype html><title>Workshop report: ada</title>")).toBe(false);
});

test("each picture says what it shows and has its table", async () => {
  const document = await pageOf(only(scenarioAt(0)));
  const frames = [...document.querySelectorAll(".chart-frame")];
  expect(frames.length).toBe(5);
  for (const frame of frames) {
    const labels = [...frame.querySelectorAll("svg")].map((svg) => svg.getAttribute("aria-label"));
    expect(labels[0]).toMatch(/^[A-Z].*\.$/u);
    expect(new Set(labels).size).toBe(1);
    expect(count(frame.parentElement, "details table caption")).toBe(1);
  }
});

test("the timeline has a mark for every attempt and every event, and the table a row", async () => {
  const { attempts, events } = scenarioAt(0);
  const document = await pageOf(only(scenarioAt(0)));
  const timeline = document.querySelector(".scenario .chart.wide");
  expect(count(timeline, "title")).toBe(attempts.length + events.length - 1);
  expect(timeline?.textContent).toContain("Attempt 3: fail, wrong-key");
  expect(timeline?.textContent).toContain("pause 39 min");
  const rows = [...document.querySelectorAll(".scenario > .card tbody tr")];
  expect(rows.length).toBe(attempts.length + events.length);
  expect(rows[4]?.textContent.replaceAll(/\s+/gu, " ")).toContain("at 09:03hint, rung 2");
});

test("bars are as long as their figures", async () => {
  const document = await pageOf(only(scenarioAt(0)));
  const causes = [...document.querySelectorAll(".cards .card:first-child .wide rect")].slice(-5);
  const widths = causes.map((bar) => Number(bar.getAttribute("width")));
  expect(widths.map((width) => width / (widths[0] ?? 0))).toEqual([1, 0.5, 0.5, 0.5, 0.5]);
});

test("a scenario without a pass, one without a set-up and one that cannot be read each say so", async () => {
  const document = await pageOf(example);
  const leads = [...document.querySelectorAll(".lead")].map((each) => each.textContent.replaceAll(/\s+/gu, " ").trim());
  expect(leads).toEqual([
    "★★★ Passed at attempt 7, after 28 min. Planned for 12 min.",
    "★☆☆ Not passed yet, 2 attempts in 17 min. Planned for 15 min.",
    "☆☆☆ Not set up. Planned for 20 min.",
    "☆☆☆ Records cannot be read. Planned for 20 min.",
  ]);
  const text = document.body.textContent;
  expect(text).toContain("No hint was asked for.");
  expect(text).toContain("run setup-test-data family-dashboard");
  expect(text).toContain("/srv/<x>/workshop.db is not a workshop database.");
});

test("with nothing checked there is no picture, and the page says how to begin", async () => {
  const empty = { ...scenarioAt(2), setUp: true };
  const document = await pageOf(only(empty));
  expect(count(document, "svg")).toBe(0);
  expect(document.body.textContent).toContain("run test-your-fix family-dashboard");
});

test.each([
  [0, "0 s"],
  [59_400, "59 s"],
  [59_600, "1 min"],
  [119 * 60_000, "119 min"],
  [120 * 60_000, "2 h"],
  [125 * 60_000, "2 h 5 min"],
  [72 * 3_600_000, "3 days"],
])("%i milliseconds are told as %s", (milliseconds, told) => {
  expect(duration(milliseconds)).toBe(told);
});
