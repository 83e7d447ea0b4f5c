/** What `serve` prints: where to look, and what happens meanwhile. Gives text, prints nothing. */
import type { Scenario } from "../vocabulary.ts";
import type { Io } from "./io.ts";
import { painter } from "./prose.ts";
import type { KeeperNews } from "./serve-news.ts";
import { type Door, isOpenToOthers } from "./serve-listen.ts";
import type { HandlerSource } from "./serve-source.ts";

type Look = Pick<Io, "color" | "emoji" | "width">;

export interface Start {
  readonly scenario: Scenario;
  readonly source: HandlerSource;
  readonly door: Pick<Door, "hosts">;
  readonly token: string;
  /** As it was asked for; undefined: this machine only. */
  readonly host: string | undefined;
  /** Its address, without secrets; null: in memory. */
  readonly cache: string | null;
  readonly workers: number;
  readonly look: Look;
}

export function pageAddress({ hosts }: Pick<Door, "hosts">, token: string, path = "/"): string {
  return `http://${hosts[0] ?? ""}${path}#token=${token}`;
}

export function startText({ scenario, source, door, token, host, cache, workers, look }: Start): string {
  const { bold, dim, yellow } = painter(look);
  const { viewer } = scenario.story;
  const rows: [string, string][] = [
    ["page", bold(pageAddress(door, token))],
    ["projector", pageAddress(door, token, "/present")],
    ["service", `curl http://${door.hosts[0] ?? ""}${viewer.request.path}`],
    [
      "handlers",
      source.folder === null ? `the ${source.name}, as shipped` : `${source.shown ?? ""}, each time you save`,
    ],
    ["data", "a copy of its own; yours stays as it is"],
    ...(cache === null ? [] : [["cache", cache] satisfies [string, string]]),
    ...(workers === 1 ? [] : [["processes", `${workers}, which take connections in turn`] satisfies [string, string]]),
    ["end it", "Ctrl-C"],
  ];
  const open = host !== undefined && isOpenToOthers(host);
  const warning = open
    ? [yellow(`warning  Everybody in this network can reach it. Orders need the token in the link.`), ""]
    : [];
  const symbol = look.emoji ? "📡 " : "";
  return [
    `${symbol}SERVING: ${scenario.title}`,
    "",
    ...warning,
    ...rows.map(([name, text]) => `  ${dim(name.padEnd(11))}${text}`),
    "",
    "",
  ].join("\n");
}

export function newsText(news: KeeperNews, look: Look): string {
  const { red, green } = painter(look);
  switch (news.kind) {
    case "ready":
      return news.restarted ? `${green("started again")}  with the last handlers that loaded\n` : "";
    case "loaded":
      return `${green("loaded")}  your handlers, version ${news.version}\n`;
    case "fault": {
      const { message, location } = news.fault;
      const place = location === null ? "" : `${location.file}:${location.line}:${location.column}  `;
      return `${red("fault")}  ${place}${message}\n`;
    }
    case "printed":
      return news.text;
    default:
      return news satisfies never;
  }
}
