/** The sample answer to one level: shown as what an assistant could have said, or put into the working copy. */
import { join, relative } from "node:path";
import { WorkshopError } from "../errors.ts";
import { diff } from "../report/index.ts";
import { fixFiles, type pages, starterFiles } from "../scenario/index.ts";
import { openWorkshop, snapshots } from "../workspace/index.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { nextLines } from "./next-step.ts";
import type { Ladder } from "./prompt-ladder.ts";
import { factLines, heading, painter, proseLines, typedLines } from "./prose.ts";
import { isoNow } from "./wall-clock.ts";

type Level = pages.PromptLevel;

const MARK = "This is a sample. It was written for the workshop; no assistant was asked.";

export async function showSample(ladder: Ladder, level: Level, io: Io): Promise<void> {
  const sample = findSample(ladder, level);
  const { slug } = ladder.scenario;
  const shipped = await starterFiles({ root: io.root, slug });
  const diffs = [...sample.overlay].map(([name, text]) =>
    diff.renderDiff({ name, before: shipped.get(name) ?? "", after: text, color: io.color }),
  );
  const changes =
    diffs.length === 0
      ? ["  It changes no file.", ""]
      : [heading("What it changes in the handlers as shipped", io), ...diffs];
  const apply = commandLine(["prompts", slug, "--level", `${level.level}`, "--apply"]);
  const next: [string, string][] = diffs.length === 0 ? [] : [["Put it into your files", apply]];
  next.push(["Back to the prompt", commandLine(["prompts", slug, "--level", `${level.level}`])]);
  io.out(
    [
      heading(`💬 SAMPLE ANSWER to level ${level.level}: ${level.title}`, io),
      ...typedLines(MARK, io).map((line) => painter(io).yellow(line)),
      "",
      ...proseLines(sample.answer, io),
      "",
      ...changes,
      ...nextLines(next, io),
      "",
    ].join("\n"),
  );
}

/** The handlers become the shipped ones with the sample's changes; what they replace is kept in a snapshot. */
export async function applySample(ladder: Ladder, level: Level, io: Io): Promise<number> {
  const sample = findSample(ladder, level);
  const { slug } = ladder.scenario;
  const place = { home: join(io.cwd, "workshop"), slug };
  await openWorkshop(place);
  if (sample.overlay.size === 0)
    throw new WorkshopError({
      code: "usage",
      message: `The sample answer to level ${level.level} changes no file.`,
      hint: `Read it: ${commandLine(["prompts", slug, "--level", `${level.level}`, "--sample"])}`,
    });
  const files = await fixFiles({ root: io.root, slug, fix: sample });
  const reason = `the sample answer to level ${level.level} was applied`;
  const { written, snapshot } = await snapshots.replaceHandlers({ place, files, at: isoNow(), reason });
  const facts: [string, string][] = [
    ["files", written.length === 0 ? "they were this sample already" : written.join(", ")],
  ];
  if (snapshot !== null) facts.push(["snapshot", `${relative(io.cwd, snapshot)} (your files)`]);
  const next: [string, string][] = [["Ask for the verdict", commandLine(["test-your-fix", slug])]];
  io.out(
    [
      heading(`APPLIED  the sample answer to level ${level.level}`, io),
      ...factLines(facts, io),
      "",
      ...nextLines(next, io),
      "",
    ].join("\n"),
  );
  return 0;
}

function findSample({ samples, scenario }: Ladder, { level }: Level): pages.Sample {
  const sample = samples.find((each) => each.level === level);
  if (sample !== undefined) return sample;
  throw new WorkshopError({
    code: "usage",
    message: `"${scenario.slug}" has no sample answer to level ${level}.`,
    hint:
      samples.length === 0 ? "Ask an assistant." : `There is one to: ${samples.map((each) => each.level).join(", ")}.`,
  });
}
