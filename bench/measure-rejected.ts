/**
 * How long the worst wrong fix keeps a person waiting, and how much memory a check holds while it runs: every starter
 * and rejected fix of every scenario, checked by the command as a person runs it.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fixFiles, listScenarios, loadFixes, starterFiles } from "../src/scenario/index.ts";
import { type Ratio, timed } from "./compare.ts";
import { referenceFix, root, slug as flagship, writeFiles } from "./reference-fix.ts";
import { bin, inScratchFolder, runCommand } from "./run-command.ts";
import { peakMemoryOfAll } from "./peak-memory.ts";

const SECONDS = { verdict: 2, hang: 5 };
const MOST_MEMORY = 200;
const HANGS: ReadonlySet<string> = new Set(["never-answers", "endless-loop"]);

interface WrongFix {
  readonly name: string;
  readonly args: readonly string[];
  readonly hangs: boolean;
}

interface Timed extends WrongFix {
  readonly seconds: number;
}

export async function measureRejected(): Promise<readonly Ratio[]> {
  return inScratchFolder(async (scratch) => {
    const fixes = await writeWrongFixes(scratch);
    const times: Timed[] = [];
    for (const fix of fixes) times.push({ ...fix, seconds: await timeOf(fix) });
    const worst = slowest(times.filter(({ hangs }) => !hangs));
    const ratios = [...toRatio("slowest wrong fix, time to its verdict", SECONDS.verdict, worst)];
    ratios.push(
      ...toRatio(
        "slowest fix that hangs, time to its verdict",
        SECONDS.hang,
        slowest(times.filter(({ hangs }) => hangs)),
      ),
    );
    return [...ratios, ...(await memoryRatios(scratch, worst))];
  });
}

/** Who is late gets a second try: what else the machine did is nobody's verdict. */
async function timeOf({ args, hangs }: WrongFix): Promise<number> {
  const once = async (): Promise<number> => (await timed(() => runCommand(args, { mayFail: true }))) / 1000;
  const first = await once();
  return first <= (hangs ? SECONDS.hang : SECONDS.verdict) ? first : Math.min(first, await once());
}

function slowest(times: readonly Timed[]): Timed | undefined {
  return times.toSorted((one, other) => other.seconds - one.seconds)[0];
}

function toRatio(what: string, most: number, fix: Timed | undefined): Ratio[] {
  if (fix === undefined) return [];
  return [{ what, measured: fix.seconds, bound: { at: "most", value: most }, unit: " s", detail: fix.name }];
}

async function memoryRatios(scratch: string, worst: Timed | undefined): Promise<Ratio[]> {
  const reference = join(scratch, "reference");
  writeFiles(reference, await referenceFix());
  const checks = [
    { name: "the reference fix", args: argsOf({ slug: flagship, folder: reference }) },
    ...(worst === undefined ? [] : [worst]),
  ];
  const ratios: Ratio[] = [];
  for (const { name, args } of checks) {
    const memory = await peakMemoryOfAll([bin, ...args]);
    if (memory === null) continue; // only Linux tells it
    const detail = `${name}, all processes at one moment`;
    ratios.push({
      what: "a check, memory",
      measured: memory,
      bound: { at: "most", value: MOST_MEMORY },
      unit: " MiB",
      detail,
    });
  }
  return ratios;
}

async function writeWrongFixes(scratch: string): Promise<WrongFix[]> {
  const fixes: WrongFix[] = [];
  for (const slug of await listScenarios(root)) {
    const add = (wrong: { name: string; files: ReadonlyMap<string, string>; stars?: number; hangs: boolean }): void => {
      const folder = join(scratch, slug, wrong.name);
      mkdirSync(folder, { recursive: true });
      writeFiles(folder, wrong.files);
      fixes.push({ name: `${slug}/${wrong.name}`, args: argsOf({ ...wrong, slug, folder }), hangs: wrong.hangs });
    };
    add({ name: "starter", files: await starterFiles({ root, slug }), hangs: false });
    for (const fix of await loadFixes({ root, slug, kind: "rejected" })) {
      const { stars, cause, verdict } = fix.manifest;
      const files = await fixFiles({ root, slug, fix });
      add({
        name: fix.name,
        files,
        ...(stars === undefined ? {} : { stars }),
        hangs: verdict === "timed-out" || HANGS.has(cause),
      });
    }
  }
  return fixes;
}

function argsOf({ slug, folder, stars }: { slug: string; folder: string; stars?: number }): readonly string[] {
  const demanded = stars === undefined ? [] : ["--stars", String(stars)];
  return ["test-your-fix", slug, "--handlers", folder, "--json", ...demanded];
}
