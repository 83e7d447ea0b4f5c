/** A real Chromium for tests of the page: pages that remember what went wrong on them, and pictures that CI keeps. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { findChromium } from "./chromium.test-support.ts";

export interface Opened {
  readonly page: Page;
  /** Errors and whatever the console was told, the policy's refusals among it. */
  readonly complaints: string[];
  /** Every address that was asked for. */
  readonly requests: string[];
}

/** Two cores may be shared with everything else that is being tested. */
export const PATIENTLY: { readonly timeout: number } = { timeout: 20_000 };

const executablePath = findChromium(process.env);

/** False: the tests are skipped on this machine. */
export const hasChromium: boolean = executablePath !== null || process.env["REQUIRE_SERVICES"] === "1";

const root = join(import.meta.dirname, "../..");

export async function launchChromium(): Promise<Browser> {
  if (executablePath === null) throw new Error("REQUIRE_SERVICES is set, and there is no chromium on the path.");
  const { chromium } = await import("playwright-core");
  // Its sandbox is for pages that one does not trust, and needs rights that a container lacks.
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
}

export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  onTestFinished(async () => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => void complaints.push(message.text()));
  page.on("pageerror", (error) => void complaints.push(error.message));
  page.on("request", (request) => void requests.push(request.url()));
  await page.goto(address);
  await page.waitForSelector("[data-figure]");
  return { page, complaints, requests };
}

/**
 * For people: no test looks at it. Under .ci/output/page; those of the README also under .github/pictures, when
 * KEEP_PICTURES=1 asks for new ones.
 */
export async function keepPicture(page: Page, name: string, shownIn?: "README"): Promise<void> {
  const folders = [join(root, ".ci/output/page")];
  if (shownIn !== undefined && process.env["KEEP_PICTURES"] === "1") folders.push(join(root, ".github/pictures"));
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
  }
}

/** What axe finds serious or critical, each with a place. */
export async function seriousBarriers(page: Page): Promise<(string | undefined)[][]> {
  await page.evaluate(axe.source);
  const {
    violations,
  }: { violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] } =
    await page.evaluate("globalThis.axe.run()");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => [id, nodes[0]?.html.slice(0, 300), nodes[0]?.failureSummary]);
}

/** The two numbers as they stand there: what is seen, what is stored. */
export async function numbersOn(page: Page): Promise<[string | null, string | null]> {
  return [await page.textContent("[data-figure=shown]"), await page.textContent("[data-figure=actual]")];
}
