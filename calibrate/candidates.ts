/**
 * Which fixes of a scenario a calibration serves: the starter, the accepted ones, and the rejected ones that answer.
 * Gives their handlers as texts; runs none of them.
 */
import { fixFiles, loadFixes, starterFiles } from "../src/scenario/index.ts";

export interface Candidate {
  readonly kind: "starter" | "accepted" | "rejected";
  readonly name: string;
  /** File name → text. */
  readonly files: ReadonlyMap<string, string>;
}

export interface Skipped {
  readonly name: string;
  readonly why: string;
}

type Place = { readonly root: string; readonly slug: string };

export async function findCandidates(place: Place): Promise<{ candidates: Candidate[]; skipped: Skipped[] }> {
  const [starter, accepted, rejected] = await Promise.all([
    starterFiles(place),
    loadFixes({ ...place, kind: "accepted" }),
    loadFixes({ ...place, kind: "rejected" }),
  ]);
  const serving = rejected.filter(({ manifest }) => manifest.verdict === "fail");
  const candidates = await Promise.all([
    ...accepted.map(async (fix) => ({
      kind: "accepted" as const,
      name: fix.name,
      files: await fixFiles({ ...place, fix }),
    })),
    ...serving.map(async (fix) => ({
      kind: "rejected" as const,
      name: fix.name,
      files: await fixFiles({ ...place, fix }),
    })),
  ]);
  const skipped = rejected
    .filter((fix) => !serving.includes(fix))
    .map(({ name, manifest }) => ({ name, why: `it serves nothing: declared ${manifest.verdict}, ${manifest.cause}` }));
  return { candidates: [{ kind: "starter", name: "starter", files: starter }, ...candidates], skipped };
}
