/**
 * `prompts`: the ladder of prompts for an AI assistant, one level of it, or a sample answer to it. Line numbers are
 * those of the participant's files. Changes nothing, unless a sample answer is to be applied.
 */
import { WorkshopError } from "../errors.ts";
import { pages } from "../scenario/index.ts";
import { copyAndTell } from "./clipboard.ts";
import type { Io } from "./io.ts";
import { findLevel, openLadder } from "./prompt-ladder.ts";
import { recordEvent } from "./record-event.ts";
import { isoNow } from "./wall-clock.ts";
import { applySample, showSample } from "./prompts-sample.ts";
import { ladderJson, renderLadder, renderLevel } from "./prompts-text.ts";

export interface PromptsOptions {
  readonly scenario: string;
  readonly level?: number;
  readonly copy?: boolean;
  /** The shipped answer to that level. */
  readonly sample?: boolean;
  /** Put the shipped answer into the working copy. */
  readonly apply?: boolean;
  readonly json?: boolean;
}

export async function run(options: PromptsOptions, io: Io): Promise<number> {
  const { level: wanted, copy, sample, apply, json } = options;
  if (wanted === undefined) demandLevel({ "--copy": copy, "--sample": sample, "--apply": apply });
  const ladder = await openLadder(options.scenario, io);
  if (wanted === undefined) {
    io.out(json === true ? ladderJson(ladder, ladder.page.levels) : renderLadder(ladder, io));
    return 0;
  }
  const level = findLevel(ladder.page.levels, wanted);
  await recordEvent({ slug: options.scenario, event: { at: isoNow(), kind: "prompt", level: level.level }, io });
  if (apply === true) return await applySample(ladder, level, io);
  if (json === true) io.out(ladderJson(ladder, [level]));
  else if (sample === true) await showSample(ladder, level, io);
  else io.out(renderLevel(ladder, level, io));
  if (copy === true) {
    const { text } = pages.fillPlaceholders(level.prompt, ladder.own.files);
    await copyAndTell({ name: `the prompt of level ${level.level}`, text }, io);
  }
  return 0;
}

function demandLevel(switches: Readonly<Record<string, boolean | undefined>>): void {
  const asked = Object.keys(switches).find((name) => switches[name] === true);
  if (asked === undefined) return;
  throw new WorkshopError({
    code: "usage",
    message: `${asked} needs a level.`,
    hint: `Add it, for example: --level 1 ${asked}`,
  });
}
