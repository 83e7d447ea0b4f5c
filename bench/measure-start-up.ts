/** What it costs to be asked: `--version` and `--help` against a Node that does nothing. */
import { type Ratio, compare } from "./compare.ts";
import { runCommand, runNode } from "./run-command.ts";

export async function measureStartUp(): Promise<readonly Ratio[]> {
  return [await against("--version", 2), await against("--help", 3)];
}

async function against(option: string, most: number): Promise<Ratio> {
  const { ours, baseline } = await compare({
    ours: () => runCommand([option]),
    baseline: () => runNode(["-e", "0"]),
    turns: 25,
  });
  return {
    what: `${option}, time against \`node -e 0\``,
    measured: ours / baseline,
    bound: { at: "most", value: most },
    unit: "×",
    detail: `${ours.toFixed(0)} ms, ${baseline.toFixed(0)} ms`,
  };
}
