/** The lines under which a command says what to type next: side by side where that fits. Pure. */
import { Chalk } from "chalk";
import type { Io } from "./io.ts";

/** Each step: what it does, and what to type for it. Ends with a line break. */
export function nextStep(
  steps: readonly (readonly [does: string, command: string])[],
  look: Pick<Io, "color" | "emoji" | "width">,
): string {
  const widest = Math.max(...steps.map(([does]) => does.length));
  const rows = steps.map(([does, command]) => `  ${does.padEnd(widest)}   ${command}`);
  const beside = rows.every((row) => row.length <= look.width);
  const lines = beside ? rows : steps.flatMap(([does, command]) => [`  ${does}`, `    ${command}`]);
  const heading = new Chalk({ level: look.color ? 1 : 0 }).bold(look.emoji ? "👉 NEXT STEP:" : "NEXT STEP:");
  return `${[heading, ...lines].join("\n")}\n`;
}
