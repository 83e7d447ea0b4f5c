/** The page's files from one folder: nothing beside it, nothing below it but its assets. Takes names as they came. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** As HTTP writes it. */
  readonly etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".map": "application/json",
};

/** A plain file name: no folder, no dot at the beginning. */
const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/u;

/** Null: there is no such file, or none that may be asked for. */
export async function readAsset(folder: string, name: string): Promise<PageFile | null> {
  return NAME.test(name) ? readPageFile(join(folder, "assets"), name) : null;
}

export async function readPageFile(folder: string, name: string): Promise<PageFile | null> {
  const type = TYPES[extname(name)];
  if (type === undefined) return null;
  try {
    const bytes = new Uint8Array(await readFile(join(folder, name)));
    return { bytes, type, etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"` };
  } catch {
    return null;
  }
}
