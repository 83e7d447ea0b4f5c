/**
 * Tells what kind of contract breach a wrong answer is: made up in the source, patched into the cache by a write, or
 * simply another contract. Takes a traced failure; plays it again over other data.
 */
import type { Cause, Finding, History, Json, Pattern } from "../../vocabulary.ts";
import { followOrder } from "../choose/replay.ts";
import { samePattern } from "../judge/pattern.ts";
import type { ExplainOptions } from "./explain-options.ts";
import { findCulprit, isWrite } from "./culprit.ts";
import { differingMembers } from "./differing-members.ts";

/** Small counts agree by chance in two worlds now and then, in all of these hardly ever. */
const OTHER_WORLDS = 6;

type Observed = Omit<ExplainOptions, "without">;

export async function observeContract(options: Observed): Promise<Cause> {
  const { history, finding } = options.failure;
  if (finding.cause !== undefined) return finding.cause;
  if (isWrite(history, finding.request)) return "contract-changed";
  const { hit, stored } = findCulprit(options.failure);
  const setter = history.events[stored]?.actor;
  if (setter !== undefined && isWrite(history, setter)) return "value-patched";
  if (hit < 0 && !asksDatabase(history, finding.request)) return "response-hard-coded";
  return (await holdsMadeUpMember(options)) ? "response-hard-coded" : "contract-changed";
}

function asksDatabase(history: History, actor: number): boolean {
  return history.events.some(
    (event) => event.kind === "database" && event.actor === actor && event.operation !== "run",
  );
}

interface WrongMember {
  readonly path: string;
  /** undefined: the contract does not know the member. */
  readonly expected: Pattern | undefined;
  readonly served: Json;
  /** The truth was not the same everywhere: only then does an answer that stays the same prove anything. */
  readonly varies: boolean;
}

/** One member with the same wrong value over all data, although its truth changes: it comes from none of them. */
async function holdsMadeUpMember({ property, setting, run, failure }: Observed): Promise<boolean> {
  const { history, finding } = failure;
  let members = wrongMembers(finding);
  for (let n = 1; n <= OTHER_WORLDS && members.length > 0; n += 1) {
    const elsewhere = { ...history.plan, seed: `${history.plan.seed}/elsewhere-${n}` };
    const again = property.judge(await run(elsewhere, followOrder(history)), setting);
    if (again?.request !== finding.request) return false;
    members = stillWrong(members, wrongMembers(again));
  }
  return members.some(({ varies }) => varies);
}

function stillWrong(members: readonly WrongMember[], elsewhere: readonly WrongMember[]): WrongMember[] {
  return members.flatMap((member) => {
    const other = elsewhere.find(({ path, served }) => path === member.path && served === member.served);
    if (other === undefined) return [];
    return [{ ...member, varies: member.varies || !samePattern(member.expected, other.expected) }];
  });
}

function wrongMembers({ expected: wanted, served: answer }: Finding): WrongMember[] {
  if (wanted === undefined || answer === undefined) return [];
  return differingMembers(wanted, answer).flatMap(({ path, expected, served }) =>
    isScalar(served) ? [{ path, expected, served, varies: false }] : [],
  );
}

function isScalar(value: Json | undefined): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
