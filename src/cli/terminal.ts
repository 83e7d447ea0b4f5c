/**
 * What a terminal can show, told from its environment alone: colour, emoji. Pure; asks no stream anything.
 */

type Env = Readonly<Record<string, string | undefined>>;

/** `depth` is the stream's own colour depth in bits; undefined when it is no terminal. */
export function showsColor(options: { env: Env; depth: number | undefined; refused: boolean }): boolean {
  const { env, depth, refused } = options;
  if (refused || isSet(env["NO_COLOR"])) return false;
  if (isSet(env["FORCE_COLOR"])) return env["FORCE_COLOR"] !== "0" && env["FORCE_COLOR"] !== "false";
  return depth !== undefined && depth > 1 && env["TERM"] !== "dumb";
}

/**
 * A locale that is not named is taken to be UTF-8, as terminals of today are: containers and CI leave it out.
 * Old Windows consoles say nothing either; there only the known good ones count.
 */
export function showsEmoji(options: { env: Env; platform: string; refused: boolean }): boolean {
  const { env, platform, refused } = options;
  if (refused || env["TERM"] === "linux" || env["TERM"] === "dumb") return false;
  if (platform === "win32") return ["WT_SESSION", "TERM_PROGRAM", "ConEmuTask", "CI"].some((name) => isSet(env[name]));
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "UTF-8";
  return /utf-?8/i.test(locale);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
