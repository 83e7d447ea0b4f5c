/** The report's page in a real Chromium: what it loads, how it fits, whether everybody can read it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { workshopReport } from "../report/index.ts";
import type { WorkshopReport } from "../vocabulary.ts";
import { findChromium } from "./chromium.test-support.ts";
import { recordVerdict } from "./recorded-verdict.test-support.ts";
import { recordingIo, type RecordingIo } from "./recording-io.test-support.ts";
import { run } from "./report.ts";
import { run as setUp } from "./setup-test-data.ts";

const executablePath = findChromium(process.env);
const isRequired = process.env["REQUIRE_SERVICES"] === "1";

const example: WorkshopReport = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/reports/four-scenarios.json"), "utf8"),
);

describe.skipIf(executablePath === null && !isRequired)("in Chromium (install chromium to run these)", () => {
  let browser: Browser;

  beforeAll(async () => {
    if (executablePath === null) throw new Error("REQUIRE_SERVICES is set, and there is no chromium on the path.");
    const { chromium } = await import("playwright-core");
    // Its sandbox is for pages that one does not trust, and needs rights that a container lacks.
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
  });

  // Absent when the launch has failed, which is then the failure to be told.
  afterAll(async () => (browser as Browser | undefined)?.close());

  test("what the command writes opens, with the attempt that was recorded, and complains about nothing", async () => {
    const io = newIo();
    await setUp({ scenario: "stale-statistics" }, io);
    await recordVerdict(io, {});
    await run({ out: "page.html" }, io);
    const { page, complaints, requests } = await opened(join(io.cwd, "page.html"));
    expect(await page.textContent(".scenario .lead")).toContain("Not passed yet, 1 attempt");
    expect(complaints).toEqual([]);
    expect(requests).toEqual([page.url()]);
  });

  test.each([360, 1280, 1920])("at %i pixels nothing is cut off, and each chart is shown once", async (width) => {
    const { page } = await opened(await exampleFile(), { viewport: { width, height: 900 } });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    const shown = await page.$$eval(".chart-frame", (frames) =>
      frames.map((frame) => [...frame.children].filter((svg) => getComputedStyle(svg).display !== "none").length),
    );
    expect(shown).toEqual([1, 1, 1, 1, 1, 1, 1]);
    const letters = await page.$$eval(".chart-frame text", (texts) =>
      texts.map((text) => text.getBoundingClientRect()).filter(({ width: wide }) => wide > 0),
    );
    expect(letters.filter(({ left, right }) => left < 0 || right > width)).toEqual([]);
    expect(Math.min(...letters.map(({ height }) => height))).toBeGreaterThan(10);
  });

  test.each(["light", "dark"] as const)("in %s, axe finds nothing that keeps somebody from reading", async (scheme) => {
    const { page } = await opened(await exampleFile(), { colorScheme: scheme });
    for (const details of await page.$$("summary")) await details.click();
    await page.evaluate(axe.source);
    const { violations }: { violations: { id: string; nodes: { html: string }[] }[] } =
      await page.evaluate("globalThis.axe.run()");
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html.slice(0, 200)])).toEqual([]);
  });

  test("dark is dark and light is light", async () => {
    const brightness = async (colorScheme: "light" | "dark"): Promise<number> => {
      const { page } = await opened(await exampleFile(), { colorScheme });
      const color = await page.$eval("body", (body) => getComputedStyle(body).backgroundColor);
      return Number(/\d+/u.exec(color)?.[0]);
    };
    expect(await brightness("light")).toBeGreaterThan(230);
    expect(await brightness("dark")).toBeLessThan(30);
  });

  test("on paper the tables are unfolded", async () => {
    const { page } = await opened(await exampleFile());
    const isVisible = async (): Promise<boolean> => page.$eval("table", (table) => table.checkVisibility());
    expect(await isVisible()).toBe(false);
    await page.emulateMedia({ media: "print" });
    expect(await isVisible()).toBe(true);
  });

  test("names that are markup stay names", async () => {
    const { page, complaints } = await opened(await exampleFile());
    expect(await page.textContent("h1")).toBe(example.folder);
    expect(await page.$$("main script, main b")).toEqual([]);
    expect(complaints).toEqual([]);
  });

  async function opened(
    file: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: string[]; requests: string[] }> {
    const page = await browser.newPage(options);
    onTestFinished(async () => page.close());
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => void complaints.push(message.text()));
    page.on("pageerror", (error) => void complaints.push(error.message));
    page.on("request", (request) => void requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, complaints, requests };
  }
});

async function exampleFile(): Promise<string> {
  const file = join(newIo().cwd, "page.html");
  const words = {
    localTime: (iso: string): string => iso,
    command: (args: readonly string[]): string => args.join(" "),
  };
  writeFileSync(file, await workshopReport.page(example, words));
  return file;
}

function newIo(): RecordingIo {
  const io = recordingIo();
  onTestFinished(io.remove);
  return io;
}
