/** Picks the word that somebody most likely meant. Pure; knows nothing about scenarios. */

/** The candidate within a third of its length in edits, the closest first; undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.ceil(candidate.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** Insertions, deletions and replacements between two words (Wagner and Fischer 1974), one row at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line += 1) row = nextRow({ row, line, letter: from[line - 1], to });
  return row[to.length] ?? 0;
}

function nextRow(state: { row: readonly number[]; line: number; letter: string | undefined; to: string }): number[] {
  const next = [state.line];
  for (let column = 1; column <= state.to.length; column += 1) {
    const replaced = (state.row[column - 1] ?? 0) + (state.letter === state.to[column - 1] ? 0 : 1);
    const removed = (state.row[column] ?? 0) + 1;
    const inserted = (next[column - 1] ?? 0) + 1;
    next.push(Math.min(replaced, removed, inserted));
  }
  return next;
}
