/** Breaks one paragraph or list item into lines that fit the terminal, with a hanging indent. Pure. */

/** No wider than 100 columns whatever the terminal has, because long lines are hard to read. */
export function wrapItem(item: { text: string; mark: string; look: { readonly width: number } }): string[] {
  const width = Math.min(item.look.width, 100);
  const indent = " ".repeat(2 + item.mark.length);
  const lines: string[] = [];
  let line = `  ${item.mark}`;
  for (const word of item.text.split(/\s+/)) {
    if (line.trim() !== item.mark.trim() && line.length + word.length > width) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}
