/**
 * Bundles the page that `stale-stats serve` shows: one script, one style sheet and an icon under names that change with
 * their content, and two documents that ask for them. Gives files; puts none in place.
 */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type OutputFile } from "esbuild";

export interface BuiltFile {
  readonly path: string;
  readonly contents: Uint8Array;
}

const DOCUMENTS = [
  { file: "index.html", view: "dashboard", title: "stale-stats" },
  { file: "present.html", view: "present", title: "stale-stats, presenter’s view" },
];

/** Absolute paths under `root`/dist/page. */
export async function bundlePage(root: string): Promise<readonly BuiltFile[]> {
  const folder = join(root, "dist", "page");
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { page: "src/page/main.tsx", style: "src/page/style/page-style.css", icon: "src/page/icon.svg" },
    outdir: join(folder, "assets"),
    entryNames: "[name]-[hash]",
    loader: { ".svg": "copy" },
    tsconfig: "src/page/tsconfig.json",
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome111", "firefox117", "safari16.4"],
    logLevel: "warning",
  });
  const template = readFileSync(join(root, "src", "page", "page.html"), "utf8");
  const documents = DOCUMENTS.map(({ file, ...names }) => ({
    path: join(folder, file),
    contents: new TextEncoder().encode(filled(template, { ...names, ...assets(outputFiles) })),
  }));
  return [...outputFiles, ...documents];
}

function assets(files: readonly OutputFile[]): Record<string, string> {
  const address = (ending: string): string =>
    `/assets/${basename(files.find(({ path }) => path.endsWith(ending))?.path ?? "")}`;
  return { script: address(".js"), style: address(".css"), icon: address(".svg") };
}

function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? "");
}
