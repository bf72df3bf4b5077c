// Busy times as bands of the chart: the busier a day, the stronger.

import type { BusySpan } from "../bridge";
import { DAY_MINUTES } from "../words/dates";
import { dayOfMoment, minutesFrom } from "../words/moments";
import type { Pane } from "./layout";
import type { Scale } from "./scale";
import { xOf } from "./scale";

export interface Load {
  /** From under two hours a day to more than four. */
  level: 1 | 2 | 3;
  /** In pixels of the sheet, limited to the pane. */
  x: number;
  width: number;
}

/** Narrower bands are drawn as one. */
const NARROWEST = 3;

/** `origin` is the chart's first day. */
export function loadsOf(
  spans: readonly BusySpan[],
  origin: number,
  scale: Scale,
  pane: Pane,
): Load[] {
  const group = Math.max(Math.ceil(NARROWEST / scale.pixelsPerDay), 1);
  const minutes = new Map<number, number>();
  for (const { start, end } of spans) {
    const day = dayOfMoment(start) - origin;
    const length =
      minutesFrom(start.slice(0, 10), end) - minutesFrom(start.slice(0, 10), start);
    const column = Math.floor(day / group);
    minutes.set(column, (minutes.get(column) ?? 0) + length);
  }
  return [...minutes].flatMap(([column, all]): Load[] => {
    const daily = all / group;
    const from = xOf(scale, column * group * DAY_MINUTES);
    const x = Math.max(from, pane.x);
    const end = xOf(scale, (column + 1) * group * DAY_MINUTES);
    const width = Math.min(end, pane.x + pane.width) - x;
    const level = daily < 120 ? 1 : daily < 240 ? 2 : 3;
    return width > 0 ? [{ level, x, width }] : [];
  });
}
