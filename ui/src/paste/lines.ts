// Lines of a text.

/** The start and the end of a line, from 1. */
export function rangeOf(text: string, line: number): { start: number; end: number } {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) return { start: text.length, end: text.length };
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return { start, end: end < 0 ? text.length : end };
}

/** The line that a sentence names at its start; null if it names none. */
export function lineOf(sentence: string): number | null {
  const [, number] = /^Line (\d+)/.exec(sentence) ?? [];
  return number === undefined ? null : Number(number);
}
