/**
 * The law of the house, read from the README's room table and held against every import under src and scenarios.
 * `breaches` is pure, so the first tests break each article of the law in an invented house and see it noticed.
 */
import { globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, sep } from "node:path";
import { type StaticExportEntry, parseSync } from "oxc-parser";
import { expect, test } from "vitest";

interface Room {
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
}

type Law = ReadonlyMap<string, Room>;
/** Path from the repository's root, with forward slashes → source text. */
type House = ReadonlyMap<string, string>;

const root = join(import.meta.dirname, "..");
const SHARED = new Set(["src/vocabulary.ts", "src/errors.ts"]);
const MOST_EXPORTS = 10;

test("the rooms of the table are the folders of src", () => {
  const folders = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect([...readLaw().keys()].sort()).toEqual(folders.map((folder) => folder.name).sort());
});

test("every import goes through an open door", () => {
  expect(breaches(readHouse(), readLaw())).toEqual([]);
});

test("a door that the table does not name is closed", () => {
  expect(
    breachesOf({ "src/a/one.ts": 'import { x } from "../c/index.ts";', "src/c/index.ts": "export const x = 1;" }),
  ).toEqual(["src/a/one.ts imports room c, which the table does not allow"]);
});

test("types are no way round a closed door", () => {
  expect(
    breachesOf({ "src/a/one.ts": 'export type { X } from "../c/index.ts";', "src/c/index.ts": "export type X = 1;" }),
  ).toHaveLength(1);
});

test("an import while running is an import", () => {
  expect(breachesOf({ "src/a/one.ts": 'await import("../c/index.ts");', "src/c/index.ts": "" })).toHaveLength(1);
});

test("an open door is the room's index only", () => {
  expect(breachesOf({ "src/a/one.ts": 'import "../b/inner.ts";', "src/b/inner.ts": "" })).toEqual([
    "src/a/one.ts imports src/b/inner.ts past its room's index.ts",
  ]);
});

test("a package belongs to the rooms that name it, by its first name", () => {
  expect(
    breachesOf({ "src/a/one.ts": 'import "@scope/allowed/deep"; import "allowed/deep"; import "node:fs";' }),
  ).toEqual([]);
  expect(breachesOf({ "src/a/one.ts": 'import "other";' })).toEqual([
    "src/a/one.ts imports the package other, which the table does not allow",
  ]);
});

test("a cycle of files is found, also through types", () => {
  const house = { "src/a/one.ts": 'import "./two.ts";', "src/a/two.ts": 'import type { X } from "./one.ts";' };
  expect(breachesOf(house)).toEqual(["cycle: src/a/one.ts → src/a/two.ts → src/a/one.ts"]);
});

test("an index has ten exports at most and hides none behind a star", () => {
  const names = (count: number): string =>
    Array.from({ length: count }, (_, n) => `export const x${n} = ${n};`).join("\n");
  expect(breachesOf({ "src/a/index.ts": names(10) })).toEqual([]);
  expect(breachesOf({ "src/a/index.ts": names(11) })).toEqual(["src/a/index.ts has 11 exports; 10 are allowed"]);
  expect(breachesOf({ "src/a/index.ts": 'export * from "./x.ts";', "src/a/x.ts": "" })).toEqual([
    "src/a/index.ts exports by *: name what leaves the room",
  ]);
});

test("the shared files import no room, and a scenario uses the house through its doors", () => {
  expect(breachesOf({ "src/errors.ts": 'import "./a/index.ts";', "src/a/index.ts": "" })).toHaveLength(1);
  expect(
    breachesOf({ "scenarios/s/scenario.ts": 'import "../../src/a/inner.ts";', "src/a/inner.ts": "" }),
  ).toHaveLength(1);
  expect(breachesOf({ "scenarios/s/scenario.ts": 'import "../t/other.ts";', "scenarios/t/other.ts": "" })).toHaveLength(
    1,
  );
});

test("no room names a scenario", () => {
  expect(breachesOf({ "src/a/one.ts": 'if (slug === "lesson") go();', "scenarios/lesson/scenario.ts": "" })).toEqual([
    "src/a/one.ts names the scenario lesson",
  ]);
});

test("a suppression is one line with its rule and its reason", () => {
  expect(breachesOf({ "src/a/one.ts": "// oxlint-disable-next-line eslint/max-depth -- told as a table\n" })).toEqual(
    [],
  );
  for (const bare of ["// oxlint-disable-next-line eslint/max-depth", "/* eslint-disable */", "// @ts-expect-error"]) {
    expect(breachesOf({ "src/a/one.ts": `${bare}\n` })).toEqual([
      `src/a/one.ts:1 suppresses without a rule and a reason`,
    ]);
  }
});

function breachesOf(files: Readonly<Record<string, string>>): string[] {
  const law: Law = new Map([
    ["a", { rooms: ["b"], packages: ["allowed", "@scope/allowed"] }],
    ["b", { rooms: [], packages: [] }],
    ["c", { rooms: [], packages: [] }],
  ]);
  return breaches(new Map(Object.entries(files)), law);
}

function readLaw(): Law {
  const rows = readFileSync(join(root, "README.md"), "utf8").matchAll(/^\| `(\w+)` *\|[^|]*\|([^|]*)\|([^|]*)\|$/gm);
  const names = (cell: string | undefined): string[] =>
    [...(cell ?? "").matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? "");
  return new Map([...rows].map((row) => [row[1] ?? "", { rooms: names(row[2]), packages: names(row[3]) }]));
}

/** Tests and what only tests use are left out: they open every door they need, and nobody else imports them. */
function readHouse(): House {
  const files = globSync(["src/**/*.{ts,tsx}", "scenarios/*/*.ts"], { cwd: root }).filter(
    (file) => !/\.test(?:-support)?\.tsx?$/u.test(file),
  );
  return new Map(files.sort().map((file) => [file.split(sep).join("/"), readFileSync(join(root, file), "utf8")]));
}

function breaches(house: House, law: Law): string[] {
  const slugs = new Set(
    [...house.keys()].flatMap((file) => /^scenarios\/([^/]+)\/scenario\.ts$/.exec(file)?.[1] ?? []),
  );
  const inFiles = [...house].flatMap(([file, source]) => [
    ...importsOf(file, source).flatMap((target) => closedDoor({ file, target, law })),
    ...(/^src\/\w+\/index\.ts$/.test(file) ? crowdedIndex(file, source) : []),
    ...(file.startsWith("src/") ? namedScenarios({ file, source, slugs }) : []),
    ...bareSuppressions(file, source),
  ]);
  return [...inFiles, ...cycles(house)];
}

/** Files as paths from the root, everything else by its specifier. */
function importsOf(file: string, source: string): string[] {
  const { module } = parseSync(file, source);
  const imported = module.staticImports.map((found) => found.moduleRequest.value);
  const passedOn = exportsOf(file, source).flatMap((entry) => entry.moduleRequest?.value ?? []);
  const whileRunning = module.dynamicImports.map(({ moduleRequest: { start, end } }) => source.slice(start, end));
  const literals = whileRunning.flatMap((text) => /^["']([^"']+)["']$/.exec(text)?.[1] ?? []);
  const targets = new Set([...imported, ...passedOn, ...literals]);
  return [...targets].map((target) => (target.startsWith(".") ? within(dirname(file), target) : target));
}

function within(folder: string, target: string): string {
  return normalize(join(folder, target)).split(sep).join("/");
}

function exportsOf(file: string, source: string): StaticExportEntry[] {
  return parseSync(file, source).module.staticExports.flatMap((found) => found.entries);
}

function closedDoor({ file, target, law }: { file: string; target: string; law: Law }): string[] {
  const home = placeOf(file);
  const away = placeOf(target);
  if (target.startsWith("node:") || SHARED.has(target) || (away !== null && away === home)) return [];
  if (file.startsWith("scenarios/")) return scenarioDoor(file, target);
  if (away === null) return packageDoor({ file, target, room: law.get(home ?? "") });
  if (law.get(home ?? "")?.rooms.includes(away) !== true)
    return [`${file} imports room ${away}, which the table does not allow`];
  return target === `src/${away}/index.ts` ? [] : [`${file} imports ${target} past its room's index.ts`];
}

/** The room, or the scenario, that a path lies in; null for a package and for the files that all share. */
function placeOf(path: string): string | null {
  return /^src\/(\w+)\//.exec(path)?.[1] ?? /^(scenarios\/[^/]+)\//.exec(path)?.[1] ?? null;
}

/** What a scenario may know of the house: how to define itself, the nouns, and what handlers import. */
function scenarioDoor(file: string, target: string): string[] {
  return target === "src/scenario/index.ts" || target === "stale-stats"
    ? []
    : [`${file} imports ${target}: a scenario knows src/scenario/index.ts only`];
}

function packageDoor({ file, target, room }: { file: string; target: string; room: Room | undefined }): string[] {
  const name = target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
  // The shared files belong to no room; what the vocabulary needs are the types that handlers see.
  const allowed = room?.packages ?? ["hono", "keyv"];
  return allowed.includes(name) ? [] : [`${file} imports the package ${name}, which the table does not allow`];
}

function crowdedIndex(file: string, source: string): string[] {
  const exports = exportsOf(file, source);
  if (exports.some((entry) => entry.exportName.name === null && entry.moduleRequest !== null))
    return [`${file} exports by *: name what leaves the room`];
  return exports.length > MOST_EXPORTS ? [`${file} has ${exports.length} exports; ${MOST_EXPORTS} are allowed`] : [];
}

/** A cause may share its name with a lesson about it, and the causes are the vocabulary's. */
function namedScenarios({
  file,
  source,
  slugs,
}: {
  file: string;
  source: string;
  slugs: ReadonlySet<string>;
}): string[] {
  const causes = readFileSync(join(root, "src/vocabulary.ts"), "utf8");
  const named = [...slugs].filter((slug) => source.includes(`"${slug}"`) && !causes.includes(`"${slug}"`));
  return named.map((slug) => `${file} names the scenario ${slug}`);
}

function bareSuppressions(file: string, source: string): string[] {
  const suppression = /(?:ox|es)lint-disable|@ts-(?:ignore|expect-error|nocheck)/;
  const reasoned = /oxlint-disable-(?:next-)?line [\w/-]+ -- \S/;
  return source.split("\n").flatMap((line, index) => {
    return suppression.test(line) && !reasoned.test(line)
      ? [`${file}:${index + 1} suppresses without a rule and a reason`]
      : [];
  });
}

/** Depth first; each cycle is told once, from the file through which it was entered. */
function cycles(house: House): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push(`cycle: ${[...path.slice(path.indexOf(file)), file].join(" → ")}`);
    if (path.includes(file) || done.has(file)) return;
    for (const target of importsOf(file, house.get(file) ?? "")) if (house.has(target)) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of house.keys()) visit(file, []);
  return found;
}
