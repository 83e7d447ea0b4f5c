/**
 * Holds a scenario's hints against its code. Every fix can meet every cause that the checker can name, so each needs its
 * whole ladder, here or among those that all share; and a hint that names what is not there any more sends people looking for it.
 */
import { CAUSES } from "./causes.ts";
import { fixFiles, starterFiles } from "./fix-files.ts";
import { type HintLadder, loadLadders, loadSharedLadders, RUNG_NAMES } from "./hint-ladder.ts";
import { loadFixes } from "./load-fixes.ts";

/** Our own fault, if anybody meets it: there is nothing to look for in the handlers. */
const WITHOUT_LADDER = new Set(["unexplained"]);

/** Only a service with jobs and other writers can meet them: asked for where a rejected fix declares one. */
const MET_BY_SOME = new Set(["external-write-unseen", "invalidation-lost-in-crash", "staleness-unbounded"]);

/** One line each, beginning with `hints.md`; empty when all is well. */
export async function hintProblems(place: { root: string; slug: string }): Promise<string[]> {
  const ladders = await loadLadders(place);
  const words = await knownWords(place);
  return [
    ...causeProblems(ladders, await askedCauses(place)),
    ...ladders.flatMap(rungProblems),
    ...ladders.flatMap((one) => lostNames(one, words)),
  ];
}

/** What every fix can meet and no shared ladder explains. */
async function askedCauses(place: { root: string; slug: string }): Promise<string[]> {
  const shared = new Set<string>((await loadSharedLadders(place)).map(({ cause }) => cause));
  const fixes = await loadFixes({ ...place, kind: "rejected" });
  const declared = new Set<string>(fixes.map(({ manifest }) => manifest.cause));
  return CAUSES.filter(
    (cause) => !WITHOUT_LADDER.has(cause) && !shared.has(cause) && (!MET_BY_SOME.has(cause) || declared.has(cause)),
  );
}

function causeProblems(ladders: readonly HintLadder[], asked: readonly string[]): string[] {
  const causes = ladders.map(({ cause }) => cause);
  const missing = asked.filter((cause) => !causes.some((known) => known === cause));
  const unknown = causes.filter((cause) => !CAUSES.includes(cause));
  const twice = causes.filter((cause, position) => causes.indexOf(cause) < position);
  return [
    ...missing.map((cause) => `hints.md: ${cause} has no section`),
    ...unknown.map((cause) => `hints.md: "${cause}" is not a cause`),
    ...twice.map((cause) => `hints.md: ${cause} has two sections`),
  ];
}

function rungProblems({ cause, rungs }: HintLadder): string[] {
  const names = rungs.map(({ name }) => name);
  const empty = rungs.filter(({ text }) => text === "").map(({ name }) => `hints.md: ${cause}, ${name}: says nothing`);
  if (names.join() === RUNG_NAMES.join()) return empty;
  return [
    `hints.md: ${cause} must have the rungs ${RUNG_NAMES.join(", ")}; it has ${names.join(", ") || "none"}`,
    ...empty,
  ];
}

function lostNames({ cause, rungs }: HintLadder, known: ReadonlySet<string>): string[] {
  return rungs.flatMap(({ name, text }) =>
    namesIn(text)
      .filter((word) => !known.has(word))
      .map((word) => `hints.md: ${cause}, ${name}: "${word}" is in no handler and no fix`),
  );
}

/** A command to type is no name; everything else in backticks is a fix, a file, or code made of words. */
function namesIn(text: string): string[] {
  const spans = [...text.matchAll(/`([^`]+)`/gu)].flatMap((found) => found[1] ?? []);
  const code = spans.filter((span) => !/^(?:git|npx) /u.test(span));
  return code.flatMap((span) =>
    /^[a-z]+(?:-[a-z]+)+$|^[\w-]+\.ts$/u.test(span) ? [span] : (span.match(/[A-Za-z_$][\w$]*/gu) ?? []),
  );
}

async function knownWords(place: { root: string; slug: string }): Promise<Set<string>> {
  const fixes = [
    ...(await loadFixes({ ...place, kind: "accepted" })),
    ...(await loadFixes({ ...place, kind: "rejected" })),
  ];
  const changed = await Promise.all(fixes.map(async (fix) => [...(await fixFiles({ ...place, fix }))]));
  const files = [...(await starterFiles(place)), ...changed.flat()];
  const words = files.flatMap(([, text]) => withoutComments(text).match(/[A-Za-z_$][\w$]*/gu) ?? []);
  return new Set([...words, ...files.map(([name]) => name), ...fixes.map(({ name }) => name)]);
}

/** What only a comment says is not in the code any more. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gmu, "");
}
