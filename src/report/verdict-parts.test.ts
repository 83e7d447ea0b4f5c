/** The small pure parts of a report, each at its edges. */
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { CAUSE_WORDS } from "./verdict-causes.ts";
import { differences } from "./verdict-difference.ts";
import { frameLines } from "./verdict-frame.ts";
import { glyphsFor, printable } from "./verdict-glyphs.ts";
import { inkLines } from "./verdict-ink.ts";
import { keyDifference, keyRows } from "./verdict-keys.ts";
import type { Page } from "./verdict-page.ts";
import { claimText } from "./verdict-properties.ts";
import { valueRows } from "./verdict-values.ts";
import { keptLines, variableRows } from "./verdict-variables.ts";
import { truncate, wrap } from "./verdict-wrap.ts";

const page: Page = {
  width: 80,
  glyphs: glyphsFor(true),
  asks: {},
  sources: new Map(),
  replayed: false,
  command: (args) => args.join(" "),
};

describe("differences", () => {
  test("names each field by its path, and nothing that agrees", () => {
    const served = { a: 1, b: { c: [1, 2], d: "x" } };
    expect(differences(served, { a: 1, b: { c: [1, 3, 4], d: "x" } })).toEqual([
      { path: "b.c[1]", served: 2, expected: 3 },
      { path: "b.c[2]", served: undefined, expected: 4 },
    ]);
  });

  test("tells a missing member from null, and a list from an object", () => {
    expect(differences({ a: null }, {})).toEqual([{ path: "a", served: null, expected: undefined }]);
    expect(differences([], {})).toEqual([{ path: "", served: [], expected: {} }]);
    expect(differences(null, null)).toEqual([]);
  });

  test.each([
    ["any", { deep: true }, true],
    ["integer", 3, true],
    ["integer", 3.5, false],
    ["string", "", true],
    ["iso-date", 7, false],
  ] as const)("a pattern for %s allows %j: %s", (match, served, allowed) => {
    expect(differences({ value: served }, { value: { $match: match } })).toHaveLength(allowed ? 0 : 1);
  });
});

describe("values", () => {
  test("are set under one another while they fit", () => {
    const found = {
      property: "fresh-in-sequence",
      served: { total: 15, last: "a" },
      expected: { total: 9, last: "b" },
    };
    expect(inkLines(valueRows(found, page), false)).toBe(
      'served    total 15   last "a"\ndatabase  total 9    last "b"\n',
    );
  });

  test.each([
    [
      "an old answer that broke a scenario's own property",
      { entry: { key: "a", timeToLive: 1000 } },
      "database  total 9",
    ],
    ["an answer that no entry gave", {}, "expected  total 9"],
  ] as const)("call the right side of %s by its name", (_, entry, right) => {
    const found = { property: "survives-a-storm", served: { total: 15 }, expected: { total: 9 }, ...entry };
    expect(inkLines(valueRows(found, page), false)).toContain(right);
  });

  test("are listed where they do not fit, and no more than five", () => {
    const served = Object.fromEntries(Array.from({ length: 8 }, (_, nth) => [`member_${nth}`, "x".repeat(30)]));
    const text = inkLines(valueRows({ property: "contract-kept", served, expected: {} }, page), false);
    expect(text.match(/member_\d x+/gu)?.length ?? text.match(/member_\d "x+"/gu)?.length).toBe(5);
    expect(text).toContain("expected  member_0 (not there)");
    expect(text).toContain("and 3 more fields that differ");
  });

  test("are silent about nothing", () => {
    expect(valueRows({ property: "precise", served: null, expected: null }, page)).toEqual([]);
  });
});

describe("keys", () => {
  test.each([
    ["dataset_stats:7", "dataset_stats_7", { start: 13, wrong: ":", right: "_" }],
    ["dataset_stat_7", "dataset_stats_7", { start: 12, wrong: "", right: "s" }],
    ["x:item:7", "item:7", { start: 0, wrong: "x:", right: "" }],
    ["aa", "a", { start: 1, wrong: "a", right: "" }],
    ["a", "a", { start: 1, wrong: "", right: "" }],
  ])("%s against %s", (used, read, expected) => {
    expect(keyDifference({ used, read })).toEqual(expected);
  });

  test("a letter that is missing is named, and pointed at in the key that has it", () => {
    expect(inkLines(keyRows({ used: "stat_7", read: "stats_7" }, page), false)).toBe(
      [
        "keys      written  stat_7",
        "          read     stats_7",
        "                       ^",
        '          The written key lacks "s".',
        "",
      ].join("\n"),
    );
  });
});

describe("what lives as long as the process", () => {
  const text = [
    "import { x } from './x.ts';",
    "const ONE_HOUR = 60 * 60 * 1000;",
    "const answers = new Map<string, Answer>();",
    "export let version = 0;",
    "const seen: string[] = [];",
    "const notes: Record<string, number> = {};",
    "const keys = { statistics: (id: number) => `s_${id}` };",
    "export function f() {",
    "  const own = new Map();",
    "  let count = 0;",
    "}",
  ].join("\n");

  test("is found by what can change outside the functions", () => {
    expect(keptLines(new Map([["a.ts", text]])).map(({ location }) => location.line)).toEqual([3, 4, 5, 6]);
  });

  test("is listed with its places, cut to the page", () => {
    const sources = new Map([
      ["statistics.ts", `const answers = new Map<string, Promise<unknown>>(${"x".repeat(50)});`],
    ]);
    const shown = inkLines(variableRows({ ...page, sources }), false);
    expect(shown).toMatch(/^look at {3}statistics\.ts:1:1 {2}const answers = new Map<string, Promise<unknown>>\(…\n$/u);
    expect(stringWidth(shown.trimEnd())).toBe(80);
  });

  test("leaves its text out where there is no room for it", () => {
    const sources = new Map([["a-file-with-a-long-name.ts", "let count = 0;"]]);
    const shown = inkLines(variableRows({ ...page, width: 40, sources }), false);
    expect(shown).toBe("look at   a-file-with-a-long-name.ts:1:1\n");
  });

  test("is nothing where nothing is kept", () => {
    expect(variableRows(page)).toEqual([]);
  });
});

describe("code frame", () => {
  const sources = new Map([["a.ts", "one\n\ttwo\nthree"]]);

  test("marks line and column; a tab moves the caret with the text", () => {
    const text = inkLines(frameLines({ file: "a.ts", line: 2, column: 2 }, { ...page, sources }), false);
    expect(text).toBe(["  1 │ one", "> 2 │   two", "    │   ^", "  3 │ three", ""].join("\n"));
  });

  test("is silent about lines and files that it does not have", () => {
    expect(frameLines({ file: "a.ts", line: 9, column: 1 }, { ...page, sources })).toEqual([]);
    expect(frameLines({ file: "b.ts", line: 1, column: 1 }, { ...page, sources })).toEqual([]);
  });
});

describe("text", () => {
  test("wraps at spaces, breaks only what is too wide alone, loses no letter", () => {
    expect(wrap("to be or not", 5)).toEqual(["to be", "or", "not"]);
    expect(wrap("abcdefgh i", 4)).toEqual(["abcd", "efgh", "i"]);
    expect(wrap("aaa bbb ccc", 7, 2)).toEqual(["aaa bbb", "ccc"]);
    expect(wrap("", 5)).toEqual([""]);
    expect(wrap("鍵鍵鍵", 4)).toEqual(["鍵鍵", "鍵"]);
  });

  test("is cut to width, with the sign of the cut inside it", () => {
    expect(truncate("abcdef", 6, "…")).toBe("abcdef");
    expect(truncate("abcdefg", 6, "…")).toBe("abcde…");
    expect(truncate("鍵鍵鍵", 4, "…")).toBe("鍵…");
  });

  test("cannot steer a terminal, whatever field it stands in", () => {
    expect(printable({ "a\u001B": ["\u009B", 1, null, "x\ny"] }, true)).toEqual({
      "a\\u001b": [String.raw`\u009b`, 1, null, "x\ny"],
    });
    expect(printable("\u202Eevil", true)).toBe(String.raw`\u202eevil`);
  });
});

test.each([
  [
    { schedules: 698, requests: 3, switches: 2, complete: true },
    "all 698 schedules of 3 requests with at most 2 switches, complete",
  ],
  [
    { schedules: 1, requests: 1, switches: 0, complete: true },
    "the only schedule of 1 request without a switch, complete",
  ],
  [
    { schedules: 1, requests: 2, switches: 1, complete: false },
    "1 schedule of 2 requests with at most 1 switch, not complete",
  ],
])("a claim says no more than it is: %j", (claim, text) => {
  expect(claimText(claim)).toBe(text);
});

test.each(Object.entries(CAUSE_WORDS))(
  "%s is told in whole sentences, without a scenario's names",
  (_cause, { title, means, change }) => {
    expect(title).toMatch(/^[a-z].*[^.]$/u);
    expect(means).toMatch(/^[A-Z].*\.$/u);
    expect(change).toMatch(/^[A-Z].*[.?;]$/u);
    expect(`${title} ${means} ${change}`).not.toMatch(/dataset|download|dashboard|statistic/iu);
  },
);
