/** What is told of a folder that changes, from invented looks and checks: no file and no process. */
import { expect, onTestFinished, test, vi } from "vitest";
import { WorkshopError } from "../errors.ts";
import type { Verdict } from "../vocabulary.ts";
import type { Look } from "./look-at-copy.ts";
import { verdictWith } from "./recorded-verdict.test-support.ts";
import { type CheckNews, watchChecks, type WatchTask } from "./watch-checks.ts";

const emptied: Look = {
  kind: "trouble",
  error: new WorkshopError({ code: "environment", message: "downloads.ts is empty.", hint: "Undo." }),
  print: "empty",
};

test("each change is checked once, and the same files are not checked again", async () => {
  const stage = openStage("a");
  await stage.answered("a", "fail");
  stage.turn("a");
  stage.turn("b");
  await stage.answered("b", "pass");
  expect(stage.told()).toEqual(["checking", "fail of a", "checking", "pass of b"]);
});

test("a check is abandoned when the files change again, and only the newer verdict is told", async () => {
  const stage = openStage("a");
  const first = await stage.asked("a");
  stage.turn("b");
  await stage.answered("b", "pass");
  expect(first.signal.aborted).toBe(true);
  expect(stage.told()).toEqual(["checking", "checking", "pass of b"]);
});

test("a verdict is not told when the files have changed without an event", async () => {
  const stage = openStage("a");
  const first = await stage.asked("a");
  stage.turn("b", { silently: true });
  first.answer(verdictWith({ verdict: "pass" }));
  await stage.answered("b", "fail");
  expect(stage.told()).toEqual(["checking", "checking", "fail of b"]);
});

test("a file that is empty for a moment, as while an editor writes it, is not mentioned", async () => {
  const stage = openStage(emptied);
  stage.turn("whole");
  await stage.answered("whole", "pass");
  expect(stage.told()).toEqual(["checking", "pass of whole"]);
});

test("the syntax error in half a file is not told when the other half comes", async () => {
  const stage = openStage("half");
  const half = await stage.asked("half");
  half.answer(verdictWith({ verdict: "crashed", cause: "syntax-error" }));
  stage.turn("whole");
  await stage.answered("whole", "pass");
  expect(stage.told()).toEqual(["checking", "checking", "pass of whole"]);
});

test("an empty file that stays empty is told, and so is a syntax error that stays", async () => {
  const stage = openStage(emptied);
  await vi.waitUntil(() => stage.told().length === 1);
  stage.turn("half");
  const half = await stage.asked("half");
  half.answer(verdictWith({ verdict: "crashed", cause: "syntax-error" }));
  await vi.waitUntil(() => stage.told().length === 3);
  expect(stage.told()).toEqual(["downloads.ts is empty.", "checking", "crashed of half"]);
});

test("files that are known need no check, whenever they are there", async () => {
  const stage = openStage("shipped", "shipped");
  await vi.waitUntil(() => stage.told().length === 1);
  stage.turn("a");
  await stage.answered("a", "fail");
  stage.turn("shipped");
  await vi.waitUntil(() => stage.told().length === 4);
  expect(stage.told()).toEqual(["known", "checking", "fail of a", "known"]);
});

test("what prevents a check is told in words, and a bug of ours ends the watching", async () => {
  const stage = openStage("a");
  const refused = await stage.asked("a");
  refused.refuse(new WorkshopError({ code: "environment", message: "The disk is full.", hint: "Free some." }));
  await vi.waitUntil(() => stage.told().includes("The disk is full."));
  stage.turn("b");
  const broken = await stage.asked("b");
  broken.refuse(new TypeError("ours"));
  await expect(stage.ended).rejects.toThrow("ours");
});

interface Asked {
  readonly signal: AbortSignal;
  answer(verdict: Verdict): void;
  refuse(error: Error): void;
}

interface Stage {
  /** Other files lie there now, or the same as before. */
  turn(to: Look | string, how?: { silently: boolean }): void;
  /** Resolves when these files are being checked. */
  asked(name: string): Promise<Asked>;
  /** Answers the check of these files and resolves when it has been told. */
  answered(name: string, verdict: Verdict["verdict"]): Promise<void>;
  told(): string[];
  readonly ended: Promise<void>;
}

function openStage(first: Look | string, known?: string): Stage {
  const over = new AbortController();
  onTestFinished(() => over.abort());
  let current = lookOf(first);
  let bell = Promise.withResolvers<void>();
  const told: string[] = [];
  const asked = new Map<string, Asked>();
  const folder: WatchTask["folder"] = {
    changed: () => {},
    occasion: async (signal) => {
      const end = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => end.resolve());
      await Promise.race([bell.promise, end.promise]);
      if (!signal.aborted) bell = Promise.withResolvers();
    },
  };
  const check: WatchTask["check"] = async (files, signal) => {
    const answer = Promise.withResolvers<Verdict>();
    signal.addEventListener("abort", () => answer.reject(signal.reason));
    asked.set(nameOf(files), { signal, answer: answer.resolve, refuse: answer.reject });
    return answer.promise;
  };
  const tell = (news: CheckNews): void => void told.push(wordsOf(news));
  const task = { folder, look: async () => current, check, tell, signal: over.signal };
  const ended = watchChecks(known === undefined ? task : { ...task, known });
  ended.catch(() => {}); // the test that expects a rejection looks at it itself
  const untilAsked = async (name: string): Promise<Asked> => vi.waitUntil(() => asked.get(name));
  return {
    turn: (to, { silently } = { silently: false }) => {
      current = lookOf(to);
      if (!silently) bell.resolve();
    },
    asked: untilAsked,
    answered: async (name, verdict) => {
      (await untilAsked(name)).answer(verdictWith({ verdict }));
      await vi.waitUntil(() => told.includes(`${verdict} of ${name}`));
    },
    told: () => told,
    ended,
  };
}

function lookOf(to: Look | string): Look {
  return typeof to === "string" ? { kind: "files", files: new Map([["downloads.ts", to]]), print: to } : to;
}

function nameOf(files: ReadonlyMap<string, string>): string {
  return files.get("downloads.ts") ?? "";
}

function wordsOf(news: CheckNews): string {
  if (news.kind === "verdict") return `${news.verdict.verdict} of ${nameOf(news.files)}`;
  return news.kind === "trouble" ? news.error.message : news.kind;
}
