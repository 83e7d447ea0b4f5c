/**
 * Reads the address of a Redis as people give it. Gives what a client needs, and words for it that hold no secret:
 * neither the address nor its user and password are in any message. Connects to nothing.
 */
import { WorkshopError } from "../../../errors.ts";

export interface CacheAddress {
  /** For people: without user and password. */
  readonly shown: string;
  /** What keys of this cache begin with, where the address says so. */
  readonly prefix: string | null;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
  readonly socket:
    | { readonly path: string }
    | { readonly host: string; readonly port: number }
    | { readonly host: string; readonly port: number; readonly tls: true; readonly servername: string };
}

const DEFAULT_PORT = 6379;
const OPTIONS = ["database", "password", "prefix", "user"];
const ACCEPTED =
  "Give redis://[user:password@]host[:port][/database], rediss:// for TLS, or unix:/path/to/socket[?database=1&user=…&password=…]; each may end with ?prefix=NAME.";

/** `called`: where the address stands, such as `--cache`. Throws a usage error that names what is accepted. */
export function parseCacheAddress(text: string, called: string): CacheAddress {
  const fail = (what: string): never => {
    throw new WorkshopError({ code: "usage", message: `${called} ${what}.`, hint: ACCEPTED });
  };
  if (text.includes("#")) fail("has a # in it: write it as %23");
  const url = URL.canParse(text) ? new URL(text) : fail("is not the address of a Redis");
  const options = readOptions(url, fail);
  const prefix = options.get("prefix") ?? null;
  // No colon: it ends the prefix in a key, so that no prefix can begin another one's keys.
  if (prefix !== null && !/^[\w.-]{1,100}$/u.test(prefix))
    fail("has a prefix with something else than letters, digits, dots, hyphens and underscores in it");
  switch (url.protocol) {
    case "unix:":
      return { ...unixSocket(url, options, fail), prefix };
    case "redis:":
    case "rediss:":
      return { ...network(url, options, fail), prefix };
    default:
      return fail("is not the address of a Redis");
  }
}

type Fail = (what: string) => never;
type Options = ReadonlyMap<string, string>;
type Place = Omit<CacheAddress, "prefix">;

function readOptions(url: URL, fail: Fail): Options {
  // Not by name: what stands in a wrong place may be a secret.
  if ([...url.searchParams.keys()].some((name) => !OPTIONS.includes(name)))
    fail(`has an option after ? that is none of ${OPTIONS.join(", ")}`);
  return new Map(url.searchParams);
}

function unixSocket(url: URL, options: Options, fail: Fail): Place {
  const path = decoded(url.pathname, fail);
  if (url.host !== "" || !path.startsWith("/") || path === "/") fail("names no socket: unix: takes an absolute path");
  const database = databaseNumber(options.get("database"), fail);
  return {
    shown: `unix:${path}${database === 0 ? "" : `?database=${database}`}`,
    ...credentials(options.get("user"), options.get("password")),
    database,
    socket: { path },
  };
}

function network(url: URL, options: Options, fail: Fail): Place {
  const secure = url.protocol === "rediss:";
  const host = url.hostname === "" ? "127.0.0.1" : url.hostname.replaceAll(/[[\]]/gu, "");
  const port = url.port === "" ? DEFAULT_PORT : Number(url.port);
  const path = url.pathname.replace(/^\//u, "");
  const database = databaseNumber(path === "" ? options.get("database") : path, fail);
  return {
    shown: `${url.protocol}//${url.hostname === "" ? host : url.hostname}:${port}/${database}`,
    ...credentials(
      decoded(url.username, fail) || options.get("user"),
      decoded(url.password, fail) || options.get("password"),
    ),
    database,
    socket: secure ? { host, port, tls: true, servername: host } : { host, port },
  };
}

function credentials(username = "", password = ""): Pick<CacheAddress, "username" | "password"> {
  return { username: username === "" ? undefined : username, password: password === "" ? undefined : password };
}

function databaseNumber(text: string | undefined, fail: Fail): number {
  if (text === undefined) return 0;
  return /^\d{1,5}$/u.test(text) ? Number(text) : fail("has a database that is not a whole number from 0");
}

function decoded(text: string, fail: Fail): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return fail("has a % that does not stand for a character");
  }
}
