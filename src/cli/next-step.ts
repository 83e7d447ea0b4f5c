/** The lines under which a command says what to do next: side by side where that fits. Pure. */
import { Chalk } from "chalk";
import type { Io } from "./io.ts";

type Look = Pick<Io, "color" | "emoji" | "width" | "keys">;
type Steps = readonly (readonly [does: string, command: string])[];

/** Each step: what it does, and what to type for it. Ends with a line break. */
export function nextStep(steps: Steps, look: Look): string {
  return `${nextLines(steps, look).join("\n")}\n`;
}

/** Commands are never broken: they are copied. In a session, what a key does is said by the key. */
export function nextLines(steps: Steps, look: Look): string[] {
  const ways = steps.map(([does, command]) => [does, keyFor(command, look.keys) ?? command] as const);
  const widest = Math.max(...ways.map(([does]) => does.length));
  const rows = ways.map(([does, way]) => `  ${does.padEnd(widest)}   ${way}`);
  const beside = rows.every((row) => row.length <= look.width);
  const lines = beside ? rows : ways.flatMap(([does, way]) => [`  ${does}`, `    ${way}`]);
  const heading = new Chalk({ level: look.color ? 1 : 0 }).bold(look.emoji ? "👉 NEXT STEP:" : "NEXT STEP:");
  return [heading, ...lines];
}

/** Null where none of `keys` does what the command does; outside of a session there are no keys. */
export function keyFor(command: string, keys: Io["keys"]): string | null {
  const call = /^npx stale-stats ([\w-]+)(?: [\w-]+)?( --level \d+)?$/u.exec(command);
  if (keys === undefined || call === null) return null;
  const [, name = "", level] = call;
  if (name === "test-your-fix") return "save your change";
  const key = (level === undefined ? KEYS : LEVEL_KEYS)[name];
  return key !== undefined && keys.includes(key) ? `press ${key}` : null;
}

const KEYS: Readonly<Record<string, string>> = {
  "demonstrate-problem": "d",
  hint: "h",
  "show-reference": "r",
  reset: "x",
};

/** The key goes one level further each time, as the step that is offered does. */
const LEVEL_KEYS: Readonly<Record<string, string>> = { prompts: "p" };
