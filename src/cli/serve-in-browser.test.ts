/**
 * The whole of it: the real command in a folder of its own, its page in a real Chromium, and somebody who saves files
 * in between. Needs a build.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  hasChromium,
  keepPicture,
  launchChromium,
  numbersOn,
  openPage,
  PATIENTLY,
} from "./in-chromium.test-support.ts";

const root = join(import.meta.dirname, "..", "..");
const bin = join(root, "bin", "stale-stats.js");
const lesson = "stale-statistics";
const fix = join(root, "scenarios", lesson, "accepted", "delete-after-write", "downloads.ts");

interface Service {
  readonly link: string;
  readonly origin: string;
  readonly port: string;
  stop(): Promise<void>;
}

describe.skipIf(!hasChromium)("in Chromium (install chromium to run these)", { timeout: 60_000 }, () => {
  let browser: Browser;
  let prepared: string;

  beforeAll(async () => {
    browser = await launchChromium();
    prepared = mkdtempSync(join(tmpdir(), "stale-stats-serve-"));
    await ended(spawn(process.execPath, [bin, "setup"], { cwd: prepared, stdio: "ignore" }));
  });

  // Absent when the launch has failed, which is then the failure to be told.
  afterAll(async () => {
    rmSync(prepared, { recursive: true, force: true });
    await (browser as Browser | undefined)?.close();
  });

  test("the whole story: 15 of 15, twenty downloads, 15 of 35, a fix that is saved, one more, 36 of 36", async () => {
    const folder = newFolder();
    const viewport = { width: 1280, height: 1080 };
    const { page, complaints } = await openPage(browser, (await serve(folder)).link, { viewport });
    await page.evaluate("globalThis.opened = 'once'");
    await numbersBecome(page, "15", "15"); // who opens the page has looked
    await press(page, "all 20");
    await numbersBecome(page, "15", "35");
    expect(await page.innerText(".gap")).toContain("20 missing");
    expect(await page.innerText(".gap")).toContain("57.1% hidden");
    await keepPicture(page, "disaster", "README");

    cpSync(fix, join(folder, "workshop", lesson, "downloads.ts"));
    await page.waitForSelector("text=working copy, version 2");
    expect(await page.innerText("[data-notice=poisoned]")).toContain("A fix does not heal what is already poisoned");
    expect(await numbersOn(page)).toEqual(["15", "35"]);
    await keepPicture(page, "fixed-and-still-poisoned");

    await press(page, "one");
    await numbersBecome(page, "36", "36");
    expect(await page.innerText("[data-notice=healed]")).toContain("The poisoned entry is gone");
    expect(await page.locator(".requests .step.delete").last().innerText()).toContain("removed");
    await keepPicture(page, "healed", "README");
    expect(await page.evaluate("globalThis.opened")).toBe("once");
    expect(complaints).toEqual([]);
  });

  test("the outage: the cache throws, the page says so, and afterwards it works again", async () => {
    const { page } = await openPage(browser, (await serve(newFolder())).link);
    await press(page, "looks");
    await numbersBecome(page, "15", "15");
    await page.click('.switch >> text="throws"');
    expect(await page.innerText("[data-notice=outage]")).toContain("Cache outage: the cache throws");
    await page.waitForSelector(".requests .step.trouble");
    await keepPicture(page, "outage");
    await page.click('.switch >> text="works"');
    await page.waitForSelector("[data-notice=outage]", { state: "detached" });
    await press(page, "looks");
    await numbersBecome(page, "15", "15");
  });

  test("an hour passes, and what was stale is computed again", async () => {
    const { page } = await openPage(browser, (await serve(newFolder())).link);
    for (const name of ["looks", "all 20"]) await press(page, name);
    await numbersBecome(page, "15", "35");
    await press(page, "an hour passes");
    await numbersBecome(page, "35", "35");
    expect(await page.innerText(".clock")).toContain("1 h ahead");
    await keepPicture(page, "an-hour-later");
    await press(page, "start again");
    await numbersBecome(page, "15", "15");
    expect(await page.innerText(".clock")).not.toContain("ahead");
  });

  test("a syntax error that is saved is shown at its place while the last good version answers, until it is mended", async () => {
    const folder = newFolder();
    const { page } = await openPage(browser, (await serve(folder)).link);
    const file = join(folder, "workshop", lesson, "downloads.ts");
    const sound = readFileSync(file, "utf8");
    writeFileSync(file, sound.replace("const { db } = c.var;", "const { db = c.var;"));
    const line = sound.slice(0, sound.indexOf("const { db } = c.var;")).split("\n").length;
    await page.waitForSelector("[data-notice=fault]");
    expect(await page.innerText("[data-notice=fault] code")).toContain(`downloads.ts:${line}:`);
    expect(await page.innerText("[data-notice=fault]")).toContain("Version 1 goes on running");
    await press(page, "looks");
    await numbersBecome(page, "15", "15");
    await keepPicture(page, "syntax-error");
    writeFileSync(file, `${sound}\n`);
    await page.waitForSelector("[data-notice=fault]", { state: "detached" });
    await page.waitForSelector("text=/working copy, version [23]/");
  });

  test("a service that is started again is found again, and the old link may only look", async () => {
    const folder = newFolder();
    const first = await serve(folder);
    const { page } = await openPage(browser, first.link);
    await press(page, "looks");
    await numbersBecome(page, "15", "15");
    await first.stop();
    await page.waitForSelector("[data-notice=lost]");
    await keepPicture(page, "connection-lost");
    const second = await serve(folder, first.port);
    await page.waitForSelector("[data-notice=lost]", { state: "detached" });
    await numbersBecome(page, "15", "15");
    await press(page, "looks");
    await page.waitForSelector("[data-notice=read-only]");
    await page.goto(second.link);
    await page.waitForSelector("[data-notice=read-only]", { state: "detached" });
    await press(page, "looks");
    await page.waitForSelector("[data-notice=refused]", { state: "detached" }); // once an order is taken
    await numbersBecome(page, "15", "15");
    expect(await page.innerText(".notices")).toBe("");
  });

  test("with the keyboard only", async () => {
    const { page } = await openPage(browser, (await serve(newFolder())).link);
    await pressByKeyboard(page, "looks");
    await numbersBecome(page, "15", "15");
    await pressByKeyboard(page, "all 20");
    await numbersBecome(page, "15", "35");
    await pressByKeyboard(page, "clear");
    await numbersBecome(page, "35", "35");
    expect(await page.innerText(".gap")).toContain("they agree");
  });

  test("the verdict of a check appears, and stepping through its story moves the two numbers", async () => {
    const folder = newFolder();
    const { page } = await openPage(browser, (await serve(folder)).link);
    expect(await page.innerText(".verdict")).toContain("None yet");
    await ended(spawn(process.execPath, [bin, "test-your-fix"], { cwd: folder, stdio: "ignore" }));
    await page.waitForSelector(".verdict .outcome");
    expect(await page.innerText(".verdict")).toContain("never-invalidated");
    await page.click("text=Step through it");
    const seen = new Set<string>();
    const steps = await page.locator(".replay-step").count();
    for (let step = 1; step < steps; step += 1) {
      seen.add((await numbersOn(page)).join(" of "));
      await page.keyboard.press("ArrowRight");
    }
    expect([...seen].filter((numbers) => /^\d+ of \d+$/.test(numbers)).length).toBeGreaterThan(1);
    const [shown, actual] = await numbersOn(page);
    expect(Number(shown)).toBeLessThan(Number(actual));
    await keepPicture(page, "verdict");
    cpSync(fix, join(folder, "workshop", lesson, "downloads.ts"));
    await page.waitForSelector("text=the handlers have changed since");
  });

  test("in front of a room, with one letter for each thing and the guide beside it", async () => {
    const { link } = await serve(newFolder());
    const viewport = { width: 1920, height: 1080 };
    const { page } = await openPage(browser, link.replace("/#", "/present#"), { viewport });
    await page.waitForSelector("text=The incident");
    await page.keyboard.press("l");
    await numbersBecome(page, "15", "15");
    await page.keyboard.press("a");
    await numbersBecome(page, "15", "35");
    expect(await page.innerText(".gap")).toContain("20 missing");
    await keepPicture(page, "in-front-of-a-room");
    await page.keyboard.press("Space");
    expect(await page.innerText(".guide h2")).toBe("A vague question");
    await page.keyboard.press("c");
    await numbersBecome(page, "35", "35");
  });

  test("twenty at once on a stream: the page keeps up, and its story line stays small", async () => {
    const { page } = await openPage(browser, (await serve(newFolder())).link);
    await press(page, "stream");
    await press(page, "all 20");
    await expect.poll(async () => page.locator(".request").count(), PATIENTLY).toBeGreaterThan(22);
    await keepPicture(page, "stream");
    await press(page, "stream");
    expect(await page.locator(".request").count()).toBeLessThanOrEqual(30);
  });

  test.each([
    [360, "light"],
    [360, "dark"],
    [1920, "light"],
    [1920, "dark"],
  ] as const)("at %i pixels in %s", async (width, colorScheme) => {
    const options: BrowserContextOptions = { viewport: { width, height: width === 360 ? 780 : 1080 }, colorScheme };
    const { page } = await openPage(browser, (await serve(newFolder())).link, options);
    for (const name of ["looks", "all 20"]) await press(page, name);
    await numbersBecome(page, "15", "35");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    await keepPicture(page, `disaster-${width}-${colorScheme}`);
  });

  function newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "stale-stats-serve-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(prepared, folder, { recursive: true });
    return folder;
  }
});

/** Runs until the test ends, or until it is stopped. On a port that no other test is given meanwhile. */
async function serve(cwd: string, port = "0"): Promise<Service> {
  const child = spawn(process.execPath, [bin, "serve", "--port", port], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const ending = ended(child);
  const stop = async (): Promise<void> => {
    child.kill("SIGINT");
    await ending;
  };
  onTestFinished(stop);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = "";
  const hear = (chunk: Buffer): void => {
    text += String(chunk);
    const link = /http:\/\/\S+#token=\w+/.exec(text)?.[0];
    if (link !== undefined) resolve(link);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  ending.then(() => reject(new Error(`It ended without a link:\n${text}`)), reject);
  const link = await promise;
  const { origin, port: taken } = new URL(link);
  return { link, origin, port: taken, stop };
}

function ended(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.on("error", reject);
  child.on("close", () => resolve());
  return promise;
}

async function press(page: Page, name: string): Promise<void> {
  await page.click(`.controls button >> text="${name}"`);
}

/** As somebody without a mouse comes to it. */
async function pressByKeyboard(page: Page, name: string): Promise<void> {
  await page.evaluate("document.activeElement?.blur()");
  for (let tab = 0; tab < 40; tab += 1) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate("document.activeElement.textContent")) === name) return page.keyboard.press("Enter");
  }
  throw new Error(`Tab does not lead to "${name}".`);
}

async function numbersBecome(page: Page, shown: string, actual: string): Promise<void> {
  await expect.poll(async () => numbersOn(page), PATIENTLY).toEqual([shown, actual]);
}
