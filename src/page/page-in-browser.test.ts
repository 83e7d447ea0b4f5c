/**
 * The built page in a real Chromium, before a stand-in that says what a test wants it to hear. Needs a build.
 * What the page and the real service do together is in src/cli/serve-in-browser.test.ts.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { LiveSnapshot, LiveState, Verdict } from "../vocabulary.ts";
import {
  hasChromium,
  keepPicture,
  launchChromium,
  numbersOn,
  type Opened,
  openPage,
  PATIENTLY,
  seriousBarriers,
} from "../cli/in-chromium.test-support.ts";
import { disaster, entryOf, keptVerdict, MORNING, numbered, readHit, stateOf } from "./live-story.test-support.ts";
import { type StandIn, startStandIn } from "./stand-in.test-support.ts";

const root = join(import.meta.dirname, "../..");
const built = join(root, "dist/page");

const verdict: Verdict = JSON.parse(
  readFileSync(join(root, "fixtures/verdicts/fail-invalidated-before-write.json"), "utf8"),
);
const guide = {
  title: "Speaker's guide",
  steps: [
    {
      number: 1,
      title: "The incident",
      minutes: 2,
      html: "<p>Run it.</p><h3>Say</h3><ul><li>A board meeting.</li></ul>",
    },
    { number: 2, title: "A vague question", minutes: 1, html: "<p>Ask it.</p>" },
  ],
};

test("all scripts together weigh less than 80 kB, compressed", () => {
  const scripts = readdirSync(join(built, "assets")).filter((name) => name.endsWith(".js"));
  const weight = scripts.map((name) => gzipSync(readFileSync(join(built, "assets", name))).length);
  expect(scripts).toHaveLength(1);
  expect(Math.max(...weight)).toBeLessThan(80_000);
});

describe.skipIf(!hasChromium)("in Chromium (install chromium to run these)", { timeout: 60_000 }, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  // Absent when the launch has failed, which is then the failure to be told.
  afterAll(async () => (browser as Browser | undefined)?.close());

  describe.each(["", "present"])("/%s", (view) => {
    test.each([360, 1280, 1920])("at %i pixels nothing is cut off", async (width) => {
      const viewport = { width, height: width === 360 ? 780 : (width * 9) / 16 };
      const { page, complaints } = await opened(view, { snapshot: busiest() }, { viewport });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      expect(complaints).toEqual([]);
      await keepPicture(page, `busiest-${view === "" ? "dashboard" : view}-${width}`);
    });

    test.each(["light", "dark"] as const)("in %s, axe finds nothing serious", async (colorScheme) => {
      const { page } = await opened(view, { snapshot: busiest() }, { colorScheme });
      expect(await seriousBarriers(page)).toEqual([]);
      await keepPicture(page, `busiest-${view === "" ? "dashboard" : view}-${colorScheme}`);
    });

    test("asks nobody but its service, and complains about nothing under its policy", async () => {
      const { requests, complaints, service } = await opened(view, { snapshot: disaster() });
      expect(complaints).toEqual([]);
      expect(requests.length).toBeGreaterThan(3);
      expect(requests.filter((address) => !address.startsWith(`${service.origin}/`))).toEqual([]);
    });

    test("keeps the token out of the address bar, and through a reload", async () => {
      const { page, service } = await opened(view, { snapshot: disaster() });
      expect(page.url()).toBe(`${service.origin}/${view}`);
      await page.reload();
      await page.waitForSelector("[data-figure]");
      expect(await page.$("[data-notice=read-only]")).toBeNull();
    });
  });

  test("dark is dark, light is light, and a button turns one into the other for good", async () => {
    const { page } = await opened("", { snapshot: disaster() }, { colorScheme: "dark" });
    const brightness = async (): Promise<number> => {
      const color = await page.$eval("html", (html) => getComputedStyle(html).backgroundColor);
      return Number(/\d+/u.exec(color)?.[0]);
    };
    expect(await brightness()).toBeLessThan(30);
    await page.click("text=Light");
    expect(await brightness()).toBeGreaterThan(230);
    await page.reload();
    await page.waitForSelector("[data-figure]");
    expect(await brightness()).toBeGreaterThan(230);
  });

  test("nothing moves for those who do not want it", async () => {
    const animation = async (reducedMotion: "reduce" | "no-preference"): Promise<string> => {
      const { page } = await opened("", { snapshot: disaster() }, { reducedMotion });
      return page.$eval(".number span", (number) => getComputedStyle(number).animationName);
    };
    expect([await animation("no-preference"), await animation("reduce")]).toEqual(["arrive", "none"]);
  });

  describe("the figures", () => {
    test("stand side by side, with the gap and its share between them", async () => {
      const { page } = await opened("", { snapshot: disaster() });
      expect(await numbersOn(page)).toEqual(["15", "35"]);
      expect(await page.textContent(".gap")).toBe("≠20 missing57.1% hidden");
      const told = /^cached, out of date dataset_stats_1 (\d+) s old, 59 min (\d+) s left$/;
      const [, age, left] = told.exec((await page.textContent(".entry")) ?? "") ?? [];
      // An hour together, whenever one looks; both are cut to whole seconds.
      expect([59, 60]).toContain(Number(age) + Number(left));
    });

    test("change while the page is open, and are spoken in one sentence", async () => {
      const { page, service } = await opened("", { snapshot: disaster() });
      const figures = { ...stateOf().figures, shown: 36, actual: 36 };
      await service.tell({
        steps: [],
        points: [{ at: MORNING + 50_000, shown: 36, actual: 36 }],
        state: stateOf({ figures }),
      });
      await page.waitForSelector(".gap >> text=they agree");
      expect(await numbersOn(page)).toEqual(["36", "36"]);
      await page.waitForSelector("[aria-live=polite] >> text=CEO sees 36 downloads, the database holds 36.");
    });

    test("that are too large are off, and hide nothing", async () => {
      const figures = { ...stateOf().figures, shown: 149, actual: 99, gap: -50, awaitsLook: false, hidden: null };
      const { page } = await opened("", { snapshot: { state: stateOf({ figures }), steps: [], points: [] } });
      expect(await page.textContent(".gap")).toBe("≠off by 50");
      expect(await page.$(".share .seen")).toBeNull();
    });

    test("that were true at the last look are not called wrong", async () => {
      const figures = { ...stateOf().figures, shown: 15, actual: 17, gap: 2, awaitsLook: true, hidden: null };
      const { page } = await opened("", { snapshot: { state: stateOf({ figures }), steps: [], points: [] } });
      expect(await page.textContent(".gap")).toBe("…+2 since the last look");
      expect(await page.$(".figures.differ, .share .seen")).toBeNull();
      await page.waitForSelector("[aria-live=polite] >> text=CEO last saw 15 downloads, the database holds 17.");
    });

    test("that are amounts are off also when they are too small", async () => {
      const figures = { ...stateOf().figures, shown: 99, actual: 139, gap: 40, awaitsLook: false, hidden: null };
      const { page } = await opened("", { snapshot: { state: stateOf({ figures }), steps: [], points: [] } });
      expect(await page.textContent(".gap")).toBe("≠off by 40");
      expect(await page.$(".share .seen")).toBeNull();
    });

    test("say so when nobody has looked", async () => {
      const figures = {
        shown: null,
        actual: 15,
        gap: null,
        awaitsLook: false,
        hidden: null,
        lookedAt: null,
        fromCache: null,
      };
      const { page } = await opened("", { snapshot: { state: stateOf({ figures }), steps: [], points: [] } });
      expect(await numbersOn(page)).toEqual(["–", "15"]);
      expect(await page.textContent(".entry")).toBe("Nobody has looked yet.");
      await keepPicture(page, "empty");
    });

    test("draw a chart that grows with them", async () => {
      const { page } = await opened("", { snapshot: disaster() });
      const inked = async (): Promise<string> => page.$eval("canvas", (canvas) => canvas.toDataURL().slice(-400));
      expect(await page.$$eval("canvas", (canvases) => canvases.map(({ width }) => width > 500))).toEqual([true, true]);
      const before = await inked();
      await expect.poll(inked, PATIENTLY).not.toBe(before);
    });
  });

  describe("the story line", () => {
    test("shows each request's steps, and on pointing at one its key, value and duration", async () => {
      const { page } = await opened("", { snapshot: disaster() });
      const newest = page.locator(".request").last();
      expect(await newest.textContent()).toContain("23 CEO");
      await newest.locator(".step.hit").hover();
      const detail = await page.textContent(".detail");
      expect(detail).toContain("dataset_stats_1");
      expect(detail).toContain('"total_downloads":15');
      expect(detail).toContain("0.2 ms");
    });

    test("is walked with the arrow keys from one tab stop", async () => {
      const { page } = await opened("", { snapshot: disaster() });
      await page.locator(".requests").locator(".step").first().focus();
      for (const key of ["ArrowDown", "ArrowRight", "End"]) await page.keyboard.press(key);
      expect(await page.textContent(".detail-title")).toContain("cache get hit request 23");
      expect(await page.$$eval(".requests [tabindex='0']", (stops) => stops.length)).toBe(1);
    });

    test("can be reached with Tab alone before anything was looked at", async () => {
      const { page } = await opened("", { snapshot: disaster() });
      await tabUntil(page, ".requests");
      expect(await page.textContent(".detail-title")).not.toBeNull();
    });

    test("holds still under a pointer, and goes on afterwards", async () => {
      const { page, service } = await opened("", { snapshot: disaster() });
      await page.locator(".step.hit").last().hover();
      const more = numbered([...Array.from({ length: 23 }, readHit), readHit()]).slice(-3);
      const position = (n: number): number => 200 + n;
      await service.tell({
        steps: more.map((step, n) => ({ ...step, position: position(n) })),
        points: [],
        state: null,
      });
      await page.waitForSelector("text=Held still while you look");
      expect(await page.locator(".request").last().textContent()).toContain("23 CEO");
      await page.hover("h1");
      await page.waitForSelector(".request >> text=24 CEO");
    });

    test("never grows past the newest requests", async () => {
      const steps = numbered(Array.from({ length: 300 }, readHit));
      const { page } = await opened("", { snapshot: { ...disaster(), steps } });
      expect(await page.locator(".request").count()).toBe(30);
      expect(await page.locator(".request").last().textContent()).toContain("300 CEO");
    });
  });

  describe("the controls", () => {
    test("send the orders that they name, with the scenario's own words on them", async () => {
      const { page, service } = await opened("", { snapshot: disaster() });
      expect(await page.$$eval(".controls legend", (legends) => legends.map(({ textContent }) => textContent))).toEqual(
        ["CEO", "conference attendees", "Cache", "Clock", "Story"],
      );
      for (const name of ["looks", "one", "all 20", "stream", "clear", "an hour passes", "start again"])
        await page.click(`.controls button >> text="${name}"`);
      await page.click('.switch >> text="throws"');
      await expect
        .poll(() => service.orders, PATIENTLY)
        .toEqual([
          { kind: "look" },
          { kind: "write", count: 1 },
          { kind: "write", count: 20 },
          { kind: "stream", perSecond: 2 },
          { kind: "clear-cache" },
          { kind: "advance", minutes: 60 },
          { kind: "start-again" },
          { kind: "outage", fault: "error" },
        ]);
    });

    test("do nothing without a token, and the page says why", async () => {
      const { page } = await opened("", { snapshot: disaster(), token: false });
      expect(
        await page.$$eval(".controls button, .controls input", (all) => all.map((each) => each.matches(":disabled"))),
      ).not.toContain(false);
      expect(await page.textContent("[data-notice=read-only]")).toContain("open the link that the service printed");
    });

    test("a refusal is told in the service's words, and can be closed", async () => {
      const refusal = { status: 409, message: "A stream runs already.", hint: "Stop it first." } as const;
      const { page } = await opened("", { snapshot: disaster(), refusal });
      await page.click('.controls button >> text="looks"');
      expect(await page.innerText("[data-notice=refused] p")).toBe("A stream runs already. Stop it first.");
      await page.click("[aria-label='Close this notice']");
      await page.waitForSelector("[data-notice=refused]", { state: "detached" });
    });

    test("a token of an earlier start leaves a page that may only look", async () => {
      const refusal = { status: 401, message: "That token is not mine.", hint: "Open the newest link." } as const;
      const { page } = await opened("", { snapshot: disaster(), refusal });
      await page.click('.controls button >> text="looks"');
      await page.waitForSelector("[data-notice=read-only]");
      expect(await page.textContent("[data-notice=refused]")).toContain("That token is not mine.");
    });
  });

  test("a connection that breaks is told, and resumed from where it was", async () => {
    const { page, service } = await opened("", { snapshot: disaster() });
    await service.tell({ steps: [], points: [], state: null });
    const lost = page.waitForSelector("[data-notice=lost]");
    service.hangUp();
    await lost;
    await page.waitForSelector("[data-notice=lost]", { state: "detached" });
    expect(service.resumed).toEqual([null, "boot-0-1"]);
    expect(await page.textContent(".connection")).toBe("live");
  });

  describe("the last verdict", () => {
    test("tells what broke and why, and its story moves the two numbers", async () => {
      const { page } = await opened("", { snapshot: withVerdict() });
      expect(await page.textContent(".verdict")).toContain("invalidated-before-write");
      await page.click("text=Step through it");
      expect(await numbersOn(page)).toEqual(["–", "2"]);
      for (let step = 1; step < 13; step += 1) await page.keyboard.press("ArrowRight");
      expect(await numbersOn(page)).toEqual(["2", "3"]);
      expect(await page.textContent(".gap")).toContain("step 13 of 13");
      await keepPicture(page, "verdict-stepping");
      await page.keyboard.press("ArrowLeft");
      expect(await page.textContent(".replay-step[aria-current]")).toContain("12cache.get");
      await page.click("text=Next step");
      expect(await page.textContent(".gap")).toContain("step 13 of 13");
      await page.keyboard.press("Escape");
      expect(await numbersOn(page)).toEqual(["15", "35"]);
      expect(await page.evaluate("document.activeElement.textContent")).toBe("Step through it");
    });

    test("without figures of its own only the step is marked", async () => {
      const { page } = await opened("", { snapshot: disaster({ verdict: keptVerdict(verdict, false) }) });
      await page.click("text=Step through it");
      expect(await page.textContent(".replay-step[aria-current]")).toContain("1arrives");
      expect(await numbersOn(page)).toEqual(["15", "35"]);
      expect(await page.textContent(".verdict")).toContain("the handlers have changed since");
    });
  });

  describe("the presenter's keyboard", () => {
    test("walks the guide, and steps through the verdict while that is on", async () => {
      const { page } = await opened("present", { snapshot: withVerdict() });
      await page.waitForSelector("text=The incident");
      expect(await page.textContent(".guide .progress")).toMatch(/^step 1 of 2\d+ s of 2 min$/);
      await page.keyboard.press("Space");
      expect(await page.textContent(".guide h2")).toBe("A vague question");
      await page.keyboard.press("ArrowLeft");
      expect(await page.textContent(".guide h2")).toBe("The incident");
      await page.keyboard.press("v");
      await page.keyboard.press("ArrowRight");
      expect(await page.textContent(".gap")).toContain("step 2 of 13");
      await keepPicture(page, "present-verdict");
      await page.keyboard.press("Escape");
      expect(await page.$(".verdict")).toBeNull();
      await page.keyboard.press("n");
      expect(await page.$(".guide")).toBeNull();
    });

    test("gives every order with one letter, and starts again only when pressed twice", async () => {
      const { page, service } = await opened("present", { snapshot: disaster() });
      for (const key of ["l", "1", "a", "s", "c", "h", "o", "b", "l", "b", "b"]) await page.keyboard.press(key);
      await expect
        .poll(() => service.orders.map(({ kind }) => kind), PATIENTLY)
        .toEqual(["look", "write", "write", "stream", "clear-cache", "advance", "outage", "look", "start-again"]);
    });

    test("leaves the browser's own combinations alone", async () => {
      const { page, service } = await opened("present", { snapshot: disaster() });
      for (const key of ["Control+l", "Alt+a", "l"]) await page.keyboard.press(key);
      await expect.poll(() => service.orders, PATIENTLY).toEqual([{ kind: "look" }]);
    });

    test("says a verdict to the whole room while it is about what runs, a pass as well as a failure", async () => {
      const { page } = await opened("present", { snapshot: withVerdict() });
      await expect.poll(() => page.innerText(".last-verdict"), PATIENTLY).toContain("V shows why");
      await keepPicture(page, "present-verdict");
      const pass: Verdict = { ...verdict, verdict: "pass", stars: 2, counterexample: null, cause: null };
      const passed = await opened("present", { snapshot: disaster({ verdict: keptVerdict(pass) }) });
      await expect.poll(() => passed.page.innerText(".last-verdict"), PATIENTLY).toMatch(/^Pass\s+★★☆$/u);
      const changed = await opened("present", { snapshot: disaster({ verdict: keptVerdict(pass, false) }) });
      await changed.page.waitForSelector(".keys");
      expect(await changed.page.$(".last-verdict")).toBeNull();
    });

    test("scrolls the notes with the arrows that point down and up, and stays on the step", async () => {
      const steps = guide.steps.map((step) => ({ ...step, html: "<p>A line to say.</p>".repeat(60) }));
      const { page } = await opened("present", { snapshot: disaster(), guide: { ...guide, steps } });
      await page.waitForSelector(".guide-text");
      const place = (): Promise<number> => page.$eval(".guide-text", ({ scrollTop }) => scrollTop);
      await page.keyboard.press("ArrowDown");
      await expect.poll(place, PATIENTLY).toBeGreaterThan(0);
      await page.keyboard.press("ArrowUp");
      await expect.poll(place, PATIENTLY).toBe(0);
      expect(await page.innerText(".guide .progress")).toContain("step 1 of 2");
    });

    test("shows every key that does something", async () => {
      const { page } = await opened("present", { snapshot: disaster() });
      const caps = await page.$$eval(".keys kbd", (keys) => keys.map(({ textContent }) => textContent));
      expect(caps).toEqual(["→ or space", "←", "↓", "↑", "L", "1", "A", "S", "C", "H", "O", "B", "N", "D"]);
    });
  });

  async function opened(
    view: string,
    options: Parameters<typeof startStandIn>[1] & { readonly token?: false },
    context: BrowserContextOptions = {},
  ): Promise<Opened & { service: StandIn }> {
    const service = await startStandIn(built, { guide, ...options });
    onTestFinished(service.close);
    const address = `${service.origin}/${view}${options.token === false ? "" : "#token=secret"}`;
    return { service, ...(await openPage(browser, address, context)) };
  }
});

/** Everything that can stand on the page at the same time. */
function busiest(): LiveSnapshot {
  const location = { file: "downloads.ts", line: 14, column: 3 };
  return withVerdict({
    handlers: {
      source: "working copy",
      version: 2,
      loadedAt: MORNING,
      fault: { message: "Expected a bracket.", location },
    },
    poisonedBeforeFix: true,
    cache: { entries: 1, outage: "error", health: "degraded", trouble: "cache.get: the cache is away" },
  });
}

function withVerdict(changes: Partial<LiveState> = {}): LiveSnapshot {
  const story = verdict.counterexample;
  if (story === null) throw new Error("The fixture has a counterexample.");
  const steps = story.steps.map((step, n) => ({
    ...step,
    figures: { shown: n < 6 ? null : 2, actual: n < 7 ? 2 : 3 },
  }));
  return disaster({
    entry: entryOf(15, true),
    verdict: keptVerdict({ ...verdict, counterexample: { ...story, steps } }),
    ...changes,
  });
}

async function tabUntil(page: Page, selector: string): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(`document.activeElement.closest(${JSON.stringify(selector)}) !== null`)) return;
  }
  throw new Error(`Tab does not lead into ${selector}.`);
}
