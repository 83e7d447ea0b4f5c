/** A command as the reader can type it: through npx, which finds it in a clone and in a folder where it was installed. */
export function commandLine(args: readonly string[]): string {
  return ["npx stale-stats", ...args.map(quoted)].join(" ");
}

function quoted(arg: string): string {
  return /^[\w./:=@%+,-]+$/u.test(arg) ? arg : `"${arg.replaceAll('"', String.raw`\"`)}"`;
}
