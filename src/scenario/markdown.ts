/**
 * A page of Markdown as sections of plain blocks, for texts that authors write and commands show. Takes text, gives
 * values; knows neither what a section means nor how a terminal looks. The parser is loaded with the first page.
 */
import type { Token, Tokens } from "marked";

/** A run of text in one style. `code` is without its backticks, a `link` is its words. */
export interface TextSpan {
  readonly text: string;
  readonly style: "plain" | "code" | "strong" | "emphasis";
}

/** One paragraph, list item, paragraph of a quotation, or code block. */
export interface Block {
  readonly kind: "paragraph" | "item" | "quote" | "code";
  /** As written, without the mark of its kind, on one line unless it is code. */
  readonly markdown: string;
  readonly spans: readonly TextSpan[];
}

/** Everything under a heading, up to the next heading of its depth or above. */
export interface Section {
  readonly title: string;
  /** Before the first heading below this one. */
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

/** The page as one section: its first heading of depth 1 gives the title, which is empty without one. */
export async function parsePage(text: string): Promise<Section> {
  const { lexer } = await import("marked");
  const tokens = lexer(text);
  const [first] = tokens;
  const titled = first?.type === "heading" && (first as Tokens.Heading).depth === 1;
  return sectionOf({ title: titled ? headingText(first) : "", tokens: titled ? tokens.slice(1) : tokens });
}

/** The text of blocks as written, joined to one line. */
export function markdownOf(blocks: readonly Block[]): string {
  return blocks.map(({ markdown }) => markdown).join(" ");
}

function sectionOf({ title, tokens }: { title: string; tokens: readonly Token[] }): Section {
  const heads = tokens.flatMap((token, position) =>
    token.type === "heading" ? [{ position, depth: (token as Tokens.Heading).depth }] : [],
  );
  const depth = Math.min(...heads.map((head) => head.depth));
  const starts = heads.filter((head) => head.depth === depth).map(({ position }) => position);
  const sections = starts.map((start, nth) =>
    sectionOf({ title: headingText(tokens[start]), tokens: tokens.slice(start + 1, starts[nth + 1]) }),
  );
  return { title, blocks: tokens.slice(0, starts[0]).flatMap(blocksOf), sections };
}

function headingText(token: Token | undefined): string {
  return token?.type === "heading" ? (token as Tokens.Heading).text.trim() : "";
}

function blocksOf(token: Token): Block[] {
  switch (token.type) {
    case "space":
    case "heading":
      return [];
    case "list":
      return (token as Tokens.List).items.map((item) => block("item", item.tokens.filter(holdsText)));
    case "blockquote":
      return (token as Tokens.Blockquote).tokens.filter(holdsText).map((part) => block("quote", [part]));
    case "code": {
      const { text } = token as Tokens.Code;
      return [{ kind: "code", markdown: text, spans: [{ text, style: "code" }] }];
    }
    default:
      return [block("paragraph", [token])];
  }
}

function holdsText({ type }: Token): boolean {
  return type === "text" || type === "paragraph";
}

function block(kind: Block["kind"], tokens: readonly Token[]): Block {
  const markdown = oneLine(tokens.map(({ raw }) => raw).join(" "));
  return { kind, markdown, spans: tokens.flatMap(spansOf) };
}

function spansOf(token: Token): TextSpan[] {
  const inner = "tokens" in token ? (token.tokens ?? []) : [];
  switch (token.type) {
    case "codespan":
      return [{ text: (token as Tokens.Codespan).text, style: "code" }];
    case "strong":
    case "em": {
      const style = token.type === "em" ? "emphasis" : "strong";
      return inner.flatMap(spansOf).map((span) => (span.style === "plain" ? { ...span, style } : span));
    }
    case "br":
      return [{ text: " ", style: "plain" }];
    default:
      if (inner.length > 0) return inner.flatMap(spansOf);
      return [{ text: "text" in token ? String(token.text).replaceAll(/\s*\n\s*/gu, " ") : "", style: "plain" }];
  }
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/gu, " ");
}
