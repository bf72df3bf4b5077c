// Heights in the week, in pixels: how many lines a title has follows from them, without a look at
// the page.

import type { Block } from "./week";

/** The height of an hour at least. */
const LEAST_HOUR = 36;
/** The names of the days, above the hours. */
const HEAD = 34;

/** The space around the text of a block, a line of its title, and its time. */
const FRAME = 6;
const TITLE_LINE = 12.5 * 1.25;
const TIME_LINE = 11 * 1.25;

/** The least height of the grid. With less room it scrolls. */
export function leastHeight(hours: number): number {
  return HEAD + hours * LEAST_HOUR;
}

/** The height of an hour in an area of this height. */
export function hourHeight(area: number, hours: number): number {
  return (Math.max(area, leastHeight(hours)) - HEAD) / hours;
}

/** The lines that a block's title has room for above the time; 0 if it only fits beside it. */
export function titleLines({ from, to }: Pick<Block, "from" | "to">, hour: number): number {
  const room = ((to - from) / 60) * hour - FRAME - TIME_LINE;
  return Math.max(Math.floor(room / TITLE_LINE), 0);
}
