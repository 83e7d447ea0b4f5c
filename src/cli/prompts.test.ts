/** The ladder with the real scenario: whose lines it names, what it copies, and what a sample answer does to the files. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { fixFiles, pages } from "../scenario/index.ts";
import { run } from "./prompts.ts";
import { recordingIo } from "./recording-io.test-support.ts";
import type { RecordingIo } from "./recording-io.test-support.ts";
import { run as setUp } from "./setup-test-data.ts";

const scenario = "stale-statistics";

function newIo(changes: Parameters<typeof recordingIo>[0] = {}): RecordingIo {
  const io = recordingIo(changes);
  onTestFinished(io.remove);
  return io;
}

async function workshop(): Promise<RecordingIo & { printedNow(): string }> {
  const io = newIo();
  await setUp({ scenario }, io);
  const start = io.printed().length;
  return { ...io, printedNow: () => io.printed().slice(start) };
}

function handler(io: RecordingIo, name: string): string {
  return join(io.cwd, "workshop", scenario, name);
}

function edit(io: RecordingIo, name: string, change: (text: string) => string): void {
  writeFileSync(handler(io, name), change(readFileSync(handler(io, name), "utf8")));
}

interface Told {
  readonly files: string;
  readonly checklist: readonly string[];
  readonly levels: readonly {
    readonly level: number;
    readonly files: readonly string[];
    readonly terminal: string;
    readonly prompt: string;
    readonly lines: readonly { readonly file: string; readonly text: string; readonly line: number | null }[];
    readonly missing: readonly string[];
    readonly sample: { readonly sample: true; readonly verdict: string; readonly files: object } | null;
  }[];
}

async function told(io: RecordingIo, level?: number): Promise<Told> {
  const before = io.printed().length;
  await run({ scenario, json: true, ...(level === undefined ? {} : { level }) }, io);
  return JSON.parse(io.printed().slice(before)) as Told;
}

describe("the ladder", () => {
  test("has every level with its window and its prompt, and a checklist, before anything is set up", async () => {
    const io = newIo();
    expect(await run({ scenario }, io)).toBe(0);
    for (const text of ["Before each prompt", "Level 0", "Level 4", "ask        Fix the cache bug.", "as shipped"])
      expect(io.printed()).toContain(text);
    expect(io.printed()).not.toContain("{{");
    expect(io.complained()).toBe("");
  });

  test("one level says what is seen and what to expect; level 2 opens one of the two files", async () => {
    const io = newIo();
    await run({ scenario, level: 2 }, io);
    for (const text of ["The assistant sees", "Expect", "statistics.ts, at getDatasetStatistics", "--level 3"])
      expect(io.printed()).toContain(text);
    expect((await told(newIo(), 2)).levels.map(({ files }) => files)).toEqual([["statistics.ts"]]);
  });

  test.each([40, 80, 120])("no line of prose is wider than %i columns", async (width) => {
    const io = newIo({ width });
    await run({ scenario }, io);
    await run({ scenario, level: 4 }, io);
    const wide = io
      .printed()
      .split("\n")
      .filter((line) => line.length > width && !line.includes("npx "));
    expect(wide).toEqual([]);
  });

  test("without colour code stands between backticks, with it in colour, and without emoji in ASCII", async () => {
    const [plain, colored, ascii] = [newIo(), newIo({ color: true }), newIo({ emoji: false })];
    for (const io of [plain, colored, ascii]) await run({ scenario, level: 4 }, io);
    expect(plain.printed()).not.toContain("\u001B");
    expect(colored.printed()).toContain("\u001B[36m");
    expect(ascii.printed()).toMatch(/^[\p{ASCII}]*$/u);
  });
});

describe("line numbers and names", () => {
  test("are those of the participant's files as they are now", async () => {
    const io = await workshop();
    const shipped = (await told(io, 4)).levels[0]?.lines ?? [];
    edit(io, "downloads.ts", (text) => `// one more line\n${text}`);
    const { files, levels } = await told(io, 4);
    expect(files).toBe("yours");
    expect(levels[0]?.lines.map(({ line }) => line)).toEqual(
      shipped.map(({ file, line }) => (line ?? 0) + (file === "downloads.ts" ? 1 : 0)),
    );
  });

  test("that are gone are said to be gone, and no number stands in for them", async () => {
    const io = await workshop();
    edit(io, "statistics.ts", (text) => text.replaceAll("cacheKey", "entry"));
    edit(io, "downloads.ts", (text) => text.replaceAll("last_accessed_at", "seen_at"));
    await run({ scenario, level: 4 }, io);
    expect(io.printedNow()).toMatch(/format of line\s+\? in/u);
    expect(io.printedNow()).toContain('statistics.ts has no line with "cacheKey =" any more');
    expect(io.printedNow()).toContain('"last_accessed_at" is not in your files any more');
    expect((await told(io, 4)).levels[0]).toMatchObject({ missing: ["last_accessed_at"] });
  });
});

describe("--copy", () => {
  test("puts the prompt, with its numbers, into the clipboard, and still prints it", async () => {
    const io = await workshop();
    const copied = join(io.cwd, "copied");
    const bin = join(io.cwd, "bin");
    mkdirSync(bin);
    for (const tool of ["xsel", "pbcopy"]) {
      writeFileSync(join(bin, tool), `#!/bin/sh\ncat > "${copied}"\n`);
      chmodSync(join(bin, tool), 0o755);
    }
    vi.stubEnv("PATH", `${bin}${delimiter}${process.env["PATH"] ?? ""}`);
    vi.stubEnv("WAYLAND_DISPLAY", "");
    vi.stubEnv("WSL_DISTRO_NAME", "");
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await run({ scenario, level: 4, copy: true }, io)).toBe(0);
    const { prompt } = (await told(io, 4)).levels[0] ?? { prompt: "" };
    expect(readFileSync(copied, "utf8")).toBe(prompt);
    expect(prompt).toMatch(/on line \d+ that sets/u);
    expect(io.complained()).toBe("copied: the prompt of level 4 is in the clipboard\n");
    expect(io.printedNow()).toContain("The assistant sees");
  });

  test("without a clipboard it says so in one line, prints the prompt, and is no failure", async () => {
    const io = newIo();
    vi.stubEnv("PATH", join(io.cwd, "nowhere"));
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await run({ scenario, level: 1, copy: true }, io)).toBe(0);
    expect(io.complained()).toMatch(/^not copied: .*\n$/u);
    expect(io.printed()).toContain("Fix the cache bug.");
  });

  test("leaves the clipboard of a remote machine alone", async () => {
    const io = newIo({ env: { SSH_CONNECTION: "192.0.2.1 50000 192.0.2.2 22" } });
    await run({ scenario, level: 1, copy: true }, io);
    expect(io.complained()).toContain("remote session");
  });
});

describe("a sample answer", () => {
  test("is marked as one, and shows what it changes", async () => {
    const io = newIo();
    await run({ scenario, level: 1, sample: true }, io);
    expect(io.printed()).toContain("This is a sample.");
    expect(io.printed()).toMatch(/^\+.*cache\.delete/mu);
    expect((await told(newIo())).levels.map(({ sample }) => sample?.sample)).toEqual([true, true, true, true, true]);
  });

  test("is applied as a whole: what it replaces is kept, what an earlier one changed is gone", async () => {
    const io = await workshop();
    edit(io, "downloads.ts", (text) => `// mine\n${text}`);
    const mine = readFileSync(handler(io, "downloads.ts"), "utf8");
    for (const level of [1, 2]) expect(await run({ scenario, level, apply: true }, io)).toBe(0);
    const sample = (await pages.loadSamples({ root: io.root, slug: scenario })).find(({ level }) => level === 2);
    const files = await fixFiles({ root: io.root, slug: scenario, fix: sample ?? { overlay: new Map() } });
    for (const [name, text] of files) expect(readFileSync(handler(io, name), "utf8")).toBe(text);
    expect(readFileSync(handler(io, ".stale-stats/snapshots/1/files/downloads.ts"), "utf8")).toBe(mine);
    expect(existsSync(handler(io, ".stale-stats/snapshots/2/snapshot.json"))).toBe(true);
    expect(existsSync(handler(io, "samples"))).toBe(false);
  });
});

test.each([
  [{ level: 7 }, "usage", "There is no level 7."],
  [{ copy: true }, "usage", "--copy needs a level."],
  [{ sample: true }, "usage", "--sample needs a level."],
  [{ level: 0, apply: true }, "usage", "changes no file"],
])("%o is a %s error that says: %s", async (options, code, message) => {
  const io = await workshop();
  await expect(run({ scenario, ...options }, io)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});

test("a sample cannot be applied where nothing is set up", async () => {
  await expect(run({ scenario, level: 1, apply: true }, newIo())).rejects.toMatchObject({ code: "environment" });
});
