/** The words and layout of `show-reference`. Takes a fix and the files, gives text; reads and prints nothing. */
import { Chalk } from "chalk";
import { diff } from "../report/index.ts";
import type { loadFixes } from "../scenario/index.ts";
import { commandLine } from "./command-line.ts";
import type { Io } from "./io.ts";
import { nextStep } from "./next-step.ts";
import { wrapItem } from "./wrap-item.ts";

type Files = ReadonlyMap<string, string>;
type Look = Pick<Io, "color" | "emoji" | "width">;
export type Accepted = Awaited<ReturnType<typeof loadFixes<"accepted">>>[number];

export interface ReferenceFacts {
  readonly fix: Accepted;
  readonly own: { readonly files: Files; readonly yours: boolean };
  readonly after: Files;
  readonly full: boolean;
  readonly slug: string;
  readonly look: Look;
}

export function renderReference(facts: ReferenceFacts): string {
  const { fix, look, slug } = facts;
  const { title, summary, why, operation, misses } = fix.manifest;
  return [
    `${heading(title, look)}  ${stars(fix, look)}`,
    ...wrapItem({ text: summary, mark: "", look }),
    "",
    facts.full ? wholeFiles(facts) : comparison(facts),
    section("Why it is right", why, look),
    section("In operation", operation, look),
    section("What it still misses", misses, look),
    nextStep([["see other fixes", commandLine(["show-reference", slug, "--list"])]], look),
  ].join("\n");
}

export function renderStrategies(facts: { fixes: readonly Accepted[]; slug: string; look: Look }): string {
  const { fixes, slug, look } = facts;
  const rows = fixes.flatMap((fix) => [
    `${heading(fix.name, look)}  ${stars(fix, look)}${fix.manifest.reference === true ? "  (reference)" : ""}`,
    ...wrapItem({ text: fix.manifest.summary, mark: "", look }),
  ]);
  const other = fixes.find(({ manifest }) => manifest.reference !== true)?.name ?? fixes[0]?.name ?? "";
  const call = commandLine(["show-reference", slug, "--strategy", other]);
  return `${rows.join("\n")}\n\n${nextStep([["see one", call]], look)}`;
}

function comparison({ own, after, look }: ReferenceFacts): string {
  const whose = own.yours ? "your files" : "the shipped files (nothing is set up here)";
  const diffs = fileNames(own.files, after).map((name) =>
    diff.renderDiff({ name, before: own.files.get(name) ?? "", after: after.get(name) ?? "", color: look.color }),
  );
  const changed = diffs.filter((text) => text !== "");
  if (changed.length === 0) return `No difference: ${whose} are exactly this fix.\n`;
  return `From ${whose} to this fix:\n\n${changed.join("\n")}`;
}

/** A participant's further modules take part only if the fix has them too; removing them is not what a fix is about. */
function fileNames(own: Files, after: Files): string[] {
  const shared = [...own.keys()].filter((name) => after.has(name));
  return [...new Set([...shared, ...after.keys()])].sort();
}

function wholeFiles({ fix, after, look }: ReferenceFacts): string {
  const chalk = painter(look);
  const changed = [...after].filter(([name]) => fix.overlay.has(name));
  return changed.map(([name, text]) => `${chalk.bold(name)}\n${text}`).join("\n");
}

function section(title: string, items: readonly string[], look: Look): string {
  const mark = look.emoji ? "• " : "- ";
  return `${[heading(title, look), ...items.flatMap((text) => wrapItem({ text, mark, look }))].join("\n")}\n`;
}

function heading(text: string, look: Look): string {
  return painter(look).bold(text);
}

function stars(fix: Accepted, look: Look): string {
  return painter(look).yellow((look.emoji ? "★" : "*").repeat(fix.manifest.stars));
}

function painter(look: Look): InstanceType<typeof Chalk> {
  return new Chalk({ level: look.color ? 1 : 0 });
}
