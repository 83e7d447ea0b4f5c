/** The speaker's notes as a page can show them: safe HTML, since every word of it is escaped here and every tag is ours. */
import type { pages } from "../scenario/index.ts";
import type { Json } from "../vocabulary.ts";

/** `{ title, steps: [{ number, title, minutes, html }] }` */
export function guidePage({ title, steps }: pages.Guide): Json {
  return {
    title,
    steps: steps.map((step) => ({
      number: step.number,
      title: step.title,
      minutes: step.minutes,
      html: [
        blocksHtml(step.setting),
        ...step.parts.map((part) => `<h3>${escaped(part.title)}</h3>\n${blocksHtml(part.blocks)}`),
      ].join("\n"),
    })),
  };
}

const TAGS = { paragraph: "p", item: "li", quote: "blockquote", code: "pre" } as const;
const STYLES = { plain: null, code: "code", strong: "strong", emphasis: "em" } as const;

function blocksHtml(blocks: readonly pages.Block[]): string {
  return blocks
    .map((block, position) => {
      const [first, last] = [blocks[position - 1]?.kind !== "item", blocks[position + 1]?.kind !== "item"];
      const html = `<${TAGS[block.kind]}>${block.spans.map(spanHtml).join("")}</${TAGS[block.kind]}>`;
      return block.kind === "item" ? `${first ? "<ul>\n" : ""}${html}${last ? "\n</ul>" : ""}` : html;
    })
    .join("\n");
}

function spanHtml({ text, style }: pages.Block["spans"][number]): string {
  const tag = STYLES[style];
  return tag === null ? escaped(text) : `<${tag}>${escaped(text)}</${tag}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}
