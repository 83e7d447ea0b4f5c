/**
 * How long a browser that has never seen the page takes until both numbers stand there: from asking for the document to
 * the frame that shows them, in Chromium, from the real service. A person's patience is the bound, so it is in milliseconds.
 */
import type { Browser } from "playwright-core";
import { findChromium } from "../src/cli/chromium.test-support.ts";
import { median, type Ratio } from "./compare.ts";
import { inScratchFolder, runCommand } from "./run-command.ts";
import { serve } from "./serving.ts";

const LONGEST = 300;
const VISITS = 11;

export async function measurePicture(): Promise<readonly Ratio[]> {
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error("There is no chromium on the path to look at the page with.");
  const { chromium } = await import("playwright-core");
  return inScratchFolder(async (folder) => {
    runCommand(["setup-test-data"], { cwd: folder });
    const served = await serve([], folder);
    const browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-background-networking"],
    });
    try {
      return [await measure(browser, `${served.address}/#token=${served.token}`)];
    } finally {
      await browser.close();
      await served.stop();
    }
  });
}

async function measure(browser: Browser, address: string): Promise<Ratio> {
  // The first visit meets a browser that is still starting.
  await visit(browser, address);
  const times: number[] = [];
  for (let nth = 0; nth < VISITS; nth += 1) times.push(await visit(browser, address));
  return {
    what: "first picture of the served page, both numbers on it",
    measured: median(times),
    bound: { at: "most", value: LONGEST },
    unit: " ms",
    detail: `${VISITS} visits with nothing cached, ${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)} ms`,
  };
}

/** Milliseconds by the browser's own clock, which begins with the navigation. */
async function visit(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.addInitScript({ content: NOTE_PICTURE });
    await page.goto(address);
    await page.waitForFunction(() => "pictured" in globalThis);
    return Number(await page.evaluate("globalThis.pictured"));
  } finally {
    await context.close();
  }
}

/** A task that follows an animation frame runs when that frame has been handed over to be painted. */
const NOTE_PICTURE = `
new MutationObserver((_changes, observer) => {
  if (document.querySelectorAll("[data-figure]").length < 2) return;
  observer.disconnect();
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { globalThis.pictured = performance.now(); };
    port2.postMessage(null);
  });
}).observe(document, { childList: true, subtree: true });
`;
