/** Puts a text into the clipboard of the person who reads. Says why it cannot; never throws for it. */
import wrapAnsi from "wrap-ansi";
import type { Io } from "./io.ts";

/** Null when it was copied, else the reason it was not, as the end of a sentence. */
async function copyText(text: string, env: Io["env"]): Promise<string | null> {
  // The clipboard of the other machine is of no use to whoever sits at this one.
  if (isRemote(env)) return "this is a remote session, and your clipboard is on your side of it";
  const { writeText } = await import("tinyclip");
  try {
    await writeText(text);
    return null;
  } catch {
    return "no clipboard can be reached here";
  }
}

/** Copies, and says on standard error what became of it. False when it could not. */
export async function copyAndTell(what: { name: string; text: string }, io: Io): Promise<boolean> {
  const trouble = await copyText(what.text, io.env);
  const told =
    trouble === null ? `copied: ${what.name} is in the clipboard` : `not copied: ${trouble}; select the text instead`;
  io.err(`${wrapAnsi(told, io.width)}\n`);
  return trouble === null;
}

/** A display that was forwarded brings its clipboard along. */
function isRemote(env: Io["env"]): boolean {
  const isSet = (name: string): boolean => (env[name] ?? "") !== "";
  return (isSet("SSH_CONNECTION") || isSet("SSH_TTY")) && !isSet("DISPLAY") && !isSet("WAYLAND_DISPLAY");
}
