/** What a terminal is believed to show, from invented environments. */
import { expect, test } from "vitest";
import { showsColor, showsEmoji } from "./terminal.ts";

test.each([
  ["a terminal with colours", { env: {}, depth: 8, refused: false }, true],
  ["no terminal", { env: {}, depth: undefined, refused: false }, false],
  ["one colour only", { env: {}, depth: 1, refused: false }, false],
  ["NO_COLOR", { env: { NO_COLOR: "1" }, depth: 8, refused: false }, false],
  ["an empty NO_COLOR, which means nothing", { env: { NO_COLOR: "" }, depth: 8, refused: false }, true],
  ["--no-color", { env: { FORCE_COLOR: "1" }, depth: 8, refused: true }, false],
  ["FORCE_COLOR without a terminal", { env: { FORCE_COLOR: "1" }, depth: undefined, refused: false }, true],
  ["FORCE_COLOR=0", { env: { FORCE_COLOR: "0" }, depth: 8, refused: false }, false],
  ["a dumb terminal", { env: { TERM: "dumb" }, depth: 8, refused: false }, false],
])("colour with %s: %o is %s", (_, options, shown) => {
  expect(showsColor(options)).toBe(shown);
});

test.each([
  ["UTF-8", { env: { LANG: "de_DE.UTF-8" }, platform: "linux", refused: false }, true],
  ["no locale at all, as in a container", { env: {}, platform: "linux", refused: false }, true],
  ["a locale without UTF-8", { env: { LANG: "C" }, platform: "linux", refused: false }, false],
  [
    "LC_ALL, which outranks LANG",
    { env: { LC_ALL: "C", LANG: "en_US.UTF-8" }, platform: "linux", refused: false },
    false,
  ],
  ["the console of Linux itself", { env: { TERM: "linux" }, platform: "linux", refused: false }, false],
  ["--no-emoji", { env: {}, platform: "linux", refused: true }, false],
  ["an old console of Windows", { env: {}, platform: "win32", refused: false }, false],
  ["Windows Terminal", { env: { WT_SESSION: "x" }, platform: "win32", refused: false }, true],
])("emoji with %s: %o is %s", (_, options, shown) => {
  expect(showsEmoji(options)).toBe(shown);
});
