// How well an entry of the palette fits the words that were typed.

export interface Searched {
  name: string;
  /** Other words that find it. */
  words?: string;
}

/** 0 if a word of the query is in neither name nor words; otherwise, more is better. */
export function scoreOf(query: string, { name, words = "" }: Searched): number {
  const asked = wordsOf(query);
  if (asked.length === 0) return 1;
  const named = name.toLowerCase();
  const others = words.toLowerCase();
  let score = named.startsWith(query.toLowerCase().trim()) ? 10 : 0;
  for (const word of asked) {
    if (wordsOf(named).some((each) => each.startsWith(word))) score += 6;
    else if (named.includes(word)) score += 3;
    else if (wordsOf(others).some((each) => each.startsWith(word))) score += 2;
    else if (others.includes(word)) score += 1;
    else return 0;
  }
  return score;
}

/** Those that fit, best first, in their own order if they fit alike. */
export function found<Each extends Searched>(query: string, all: readonly Each[]): Each[] {
  return all
    .map((each) => ({ each, score: scoreOf(query, each) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ each }) => each);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
