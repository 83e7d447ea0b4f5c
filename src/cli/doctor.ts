/** `doctor`: tries everything that a workshop needs of this machine, and says of each what to do. Leaves nothing behind. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { loadScenario } from "../scenario/index.ts";
import { checkFolder } from "./doctor-folder.ts";
import { checkClipboard, checkNode, checkTerminal } from "./doctor-machine.ts";
import { checkPort, checkRedis } from "./doctor-network.ts";
import { renderFindings } from "./doctor-text.ts";
import type { Io } from "./io.ts";
import { packageFacts } from "./package-facts.ts";

export interface DoctorOptions {
  readonly scenario: string;
  readonly json?: boolean;
}

/** Exit codes: 0 when the workshop can be held here, also with less comfort; 6 when something has to be mended. */
export async function run(options: DoctorOptions, io: Io): Promise<number> {
  const { slug } = await loadScenario({ root: io.root, slug: options.scenario });
  const findings = [
    checkNode(process.versions.node, packageFacts(io.root).engines.node),
    ...(await checkFolder(await folderToTry(slug, io))),
    await checkPort(),
    checkTerminal(io),
    checkClipboard(io.env, process.platform),
    await checkRedis(io.env["REDIS_URL"]),
  ];
  const isFit = findings.every(({ outcome }) => outcome !== "failed");
  io.out(
    options.json === true
      ? `${JSON.stringify({ schemaVersion: 1, fit: isFit, findings }, null, 2)}\n`
      : renderFindings(findings, io),
  );
  return isFit ? 0 : 6;
}

/** Where the handlers lie, or will lie once they are set up. */
async function folderToTry(slug: string, io: Io): Promise<string> {
  const folder = join(io.cwd, "workshop", slug);
  const found = await stat(folder).catch(() => null);
  return found?.isDirectory() === true ? folder : io.cwd;
}
