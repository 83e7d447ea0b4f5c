/**
 * The files that stand beside the handlers: the participant's page, the editor's settings, what git leaves out.
 * Made from the scenario's own words; must not say, or hint at, what is wrong with the handlers.
 */
import { join, relative, sep } from "node:path";
import type { Route, Scenario } from "../vocabulary.ts";
import type { Files } from "./working-copy.ts";

export type PageScenario = Pick<Scenario, "slug" | "title" | "teaches" | "minutes" | "routes"> & {
  readonly story: Pick<Scenario["story"], "incident">;
};

/** A person may write into these: they are kept like handlers. */
export function pageFiles(scenario: PageScenario): Files {
  return new Map([
    ["README.md", page(scenario)],
    [".gitignore", "/.stale-stats/\n/node_modules/\n"],
  ]);
}

/** These follow the machine (where the package lies) and are written anew each time. `root` and `folder` are absolute. */
export function settingFiles(options: { root: string; folder: string }): Files {
  return new Map([["tsconfig.json", settings(options)]]);
}

function page({ slug, title, teaches, minutes, routes, story }: PageScenario): string {
  return `# ${title}

${story.incident.join(" ")}

You have about ${minutes} minutes. Afterwards you can ${teaches}.

## The service

${routes.map(routeLine).join("\n")}

Each handler is a plain Hono handler. \`c.var.db\` is the database, \`c.var.cache\` is a Keyv: \`get(key)\`,
\`set(key, value, milliseconds)\`, \`delete(key)\`. Both are asynchronous.

## The way through

Open *this* folder in your editor; run the commands in the folder above \`workshop\`.

1. \`npx stale-stats demonstrate-problem ${slug}\`: see what people saw, through your handlers.
2. Change the handlers. With an AI assistant, \`npx stale-stats prompts ${slug}\` says what to ask and what to show it.
3. \`npx stale-stats test-your-fix ${slug}\`: ask whether your fix is right. A wrong one gets its cause and its story.
   Stuck? \`npx stale-stats hint ${slug}\` says a little more each time.
4. \`npx stale-stats demonstrate-problem ${slug}\` again: the same morning, with your fix.
5. \`npx stale-stats show-reference ${slug}\`: compare.

\`npx stale-stats reset ${slug}\` brings the handlers back as you got them and keeps yours; \`undo\` in place of
\`reset\` brings yours back. \`npx stale-stats setup-test-data ${slug}\` brings the data back as new and leaves your
handlers alone.
`;
}

function routeLine({ method, path, file, export: name, role, every = 0 }: Route): string {
  const asked = role === "job" ? `by itself, every ${every / 1000} s` : `\`${method} ${path}\``;
  return `- ${asked}: \`${name}\` in [${file}](${file})`;
}

function settings({ root, folder }: { root: string; folder: string }): string {
  const kit = relative(folder, join(root, "dist", "types", "kit", "index.d.ts"))
    .split(sep)
    .join("/");
  const compilerOptions = {
    target: "es2023",
    lib: ["es2024", "dom", "dom.iterable"],
    module: "esnext",
    moduleResolution: "bundler",
    moduleDetection: "force",
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    types: [],
    paths: { "stale-stats": [kit] },
  };
  return `// Written by setup-test-data each time: it says where your editor finds the types of "stale-stats".
${JSON.stringify({ compilerOptions, include: ["**/*.ts"] }, null, 2)}
`;
}
