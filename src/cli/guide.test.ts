/** The speaker's notes with the real scenario: everything that the page says, at any width. */
import { expect, onTestFinished, test } from "vitest";
import { pages } from "../scenario/index.ts";
import { run } from "./guide.ts";
import { recordingIo } from "./recording-io.test-support.ts";

const scenario = "stale-statistics";

async function printed(
  options: { step?: number; all?: boolean },
  changes: Parameters<typeof recordingIo>[0] = {},
): Promise<string> {
  const io = recordingIo(changes);
  onTestFinished(io.remove);
  expect(await run({ scenario, ...options }, io)).toBe(0);
  return io.printed();
}

const { steps } = await pages.loadGuide({ root: recordingIo().root, slug: scenario });

test("without a step it is the clock: each step begins where the one before it ends", async () => {
  const text = await printed({});
  const rows = [...text.matchAll(/^ {2}(\d)\. (\S.*?) {2,}(\d+) min +(\d+):00$/gmu)].map((found) => found.slice(1));
  let minute = 0;
  const expected = steps.map(({ number, title, minutes }) => {
    const row = [`${number}`, title, `${minutes}`, `${minute}`];
    minute += minutes;
    return row;
  });
  expect(rows).toEqual(expected);
  expect(text).toContain(`${minute} minutes in all`);
});

test("a step has its part of the clock, all of its parts, and the step after it", async () => {
  const text = await printed({ step: 2 });
  const [first, second] = steps;
  const begin = first?.minutes ?? 0;
  expect(text).toContain(`STEP 2 of ${steps.length}  ${second?.title}`);
  expect(text).toContain(`minute ${begin} to ${begin + (second?.minutes ?? 0)} of`);
  expect(
    second?.parts.map(({ title }) => title.toUpperCase()).filter((title) => !text.includes(`\n${title}\n`)),
  ).toEqual([]);
  expect(text).toContain("--step 3");
  expect(await printed({ step: steps.length })).not.toContain("NEXT STEP");
});

test("--all says every word of the page, whatever the width", async () => {
  const words = (text: string): string => text.replaceAll(/[`\s•-]+/gu, "");
  for (const width of [40, 80, 120]) {
    const text = await printed({ all: true }, { width });
    const blocks = steps.flatMap(({ setting, parts }) => [...setting, ...parts.flatMap((part) => part.blocks)]);
    expect(blocks.filter(({ spans }) => !words(text).includes(words(spans.map((span) => span.text).join(""))))).toEqual(
      [],
    );
    expect(text.split("\n").filter((line) => line.length > width)).toEqual([]);
  }
});

test("has colour where there is some, and ASCII where there is nothing else", async () => {
  expect(await printed({ step: 1 })).not.toContain("\u001B");
  expect(await printed({ step: 1 }, { color: true })).toContain("\u001B[36m");
  expect(await printed({ all: true }, { emoji: false })).toMatch(/^[\p{ASCII}]*$/u);
});

test.each([0, 9])("there is no step %i, and that is said with those there are", async (step) => {
  const io = recordingIo();
  onTestFinished(io.remove);
  await expect(run({ scenario, step }, io)).rejects.toMatchObject({
    code: "usage",
    hint: `Choose one from 1 to ${steps.length}.`,
  });
});
