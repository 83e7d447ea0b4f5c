/** Where each handler begins in the participant's files as they are now. Pure. */
import type { Route } from "../vocabulary.ts";

export interface HandlerPlace {
  readonly route: Route;
  /** From 1; null when the file exports nothing of that name any more. */
  readonly line: number | null;
}

export function handlerPlaces(routes: readonly Route[], files: ReadonlyMap<string, string>): HandlerPlace[] {
  return routes.map((route) => ({ route, line: lineOf(route, files.get(route.file) ?? "") }));
}

function lineOf({ export: name }: Route, text: string): number | null {
  const declares = new RegExp(String.raw`^\s*export\b.*\b(?:function|const|let|var)\s*\*?\s+${name}\b`, "u");
  const names = new RegExp(String.raw`^\s*export\s*\{.*\b${name}\b`, "u");
  const lines = text.split("\n");
  const index = [declares, names].map((each) => lines.findIndex((line) => each.test(line))).find((each) => each >= 0);
  return index === undefined ? null : index + 1;
}
