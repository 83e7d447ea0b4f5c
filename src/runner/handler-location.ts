/** Finds the line of a handler in a stack trace. Handlers lie in folders `a` and `b` below one throwaway folder. */
import { pathToFileURL } from "node:url";
import type { Location } from "../vocabulary.ts";

export type Locate = (stack: string | undefined) => Location | null;

/** `folder`: absolute path of the throwaway folder that holds both copies. */
export function createLocate(folder: string): Locate {
  const prefixes = [pathToFileURL(folder).href, folder].map((text) =>
    text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`),
  );
  const frame = new RegExp(
    `(?:${prefixes.join("|")})[/\\\\][ab][/\\\\]([^:?\\s)]+)(?:\\?[^:\\s)]*)?:(\\d+)(?::(\\d+))?`,
    "u",
  );
  return (stack) => {
    const match = frame.exec(stack ?? "");
    const file = match?.[1];
    if (match === null || file === undefined) return null;
    return { file: decodeURI(file).replaceAll("\\", "/"), line: Number(match[2]), column: Number(match[3] ?? 1) };
  };
}
