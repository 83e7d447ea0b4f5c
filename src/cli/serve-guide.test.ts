/** The notes as HTML: what an author writes is text, whatever it looks like. */
import { expect, test } from "vitest";
import type { pages } from "../scenario/index.ts";
import { guidePage } from "./serve-guide.ts";

type Block = pages.Block;

const block = (kind: Block["kind"], ...spans: Block["spans"]): Block => ({ kind, markdown: "", spans });
const plain = (text: string): Block["spans"][number] => ({ text, style: "plain" });

test("blocks become tags, lists are kept together, and nothing that was written is a tag", () => {
  const step: pages.GuideStep = {
    number: 1,
    title: "The <b>incident</b>",
    minutes: 2,
    setting: [block("paragraph", plain("Run "), { text: "npx stale-stats", style: "code" })],
    parts: [
      {
        title: "Say & do",
        blocks: [
          block("item", plain("one")),
          block("item", { text: "two", style: "strong" }),
          block("quote", plain('<img src=x onerror="alert(1)">')),
          block("item", plain("three")),
          block("code", { text: "a < b", style: "code" }),
        ],
      },
    ],
  };
  expect(guidePage({ title: "Guide", opening: [], steps: [step] })).toEqual({
    title: "Guide",
    steps: [
      {
        number: 1,
        title: "The <b>incident</b>",
        minutes: 2,
        html: [
          "<p>Run <code>npx stale-stats</code></p>",
          "<h3>Say &amp; do</h3>",
          "<ul>",
          "<li>one</li>",
          "<li><strong>two</strong></li>",
          "</ul>",
          "<blockquote>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</blockquote>",
          "<ul>",
          "<li>three</li>",
          "</ul>",
          "<pre><code>a &lt; b</code></pre>",
        ].join("\n"),
      },
    ],
  });
});
