/** Pages by hand: which block belongs to which heading, and what is left of Markdown's marks. */
import { expect, test } from "vitest";
import { parsePage } from "./markdown.ts";

test("sections nest by the depth of their headings, and what comes before the first belongs to none of them", async () => {
  const page = await parsePage("# Page\n\nfirst\n\n## One\n\n### Part\n\ninner\n\n## Two\n\nlast\n");
  const text = { kind: "paragraph", spans: expect.anything() };
  expect(page).toEqual({
    title: "Page",
    blocks: [{ ...text, markdown: "first" }],
    sections: [
      {
        title: "One",
        blocks: [],
        sections: [{ title: "Part", blocks: [{ ...text, markdown: "inner" }], sections: [] }],
      },
      { title: "Two", blocks: [{ ...text, markdown: "last" }], sections: [] },
    ],
  });
});

test("list items and quotations lose their marks and line breaks, code keeps them", async () => {
  const { blocks } = await parsePage("- [ ] one\n  more\n- two\n\n> said\n> on\n>\n> after\n\n```ts\na\n  b\n```\n");
  expect(blocks.map(({ kind, markdown }) => [kind, markdown])).toEqual([
    ["item", "one more"],
    ["item", "two"],
    ["quote", "said on"],
    ["quote", "after"],
    ["code", "a\n  b"],
  ]);
});

test("styles become spans, and letters that HTML would escape stay themselves", async () => {
  const { blocks } = await parsePage('plain `a < "b"` **bold** *soft* [words](page.md)');
  expect(blocks[0]?.spans.filter(({ text }) => text.trim() !== "")).toEqual([
    { text: "plain ", style: "plain" },
    { text: 'a < "b"', style: "code" },
    { text: "bold", style: "strong" },
    { text: "soft", style: "emphasis" },
    { text: "words", style: "plain" },
  ]);
});

test("an empty page has nothing in it", async () => {
  expect(await parsePage("")).toEqual({ title: "", blocks: [], sections: [] });
});
