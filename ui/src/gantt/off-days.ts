// Time off and unusual weeks, as bands of the chart.

import type { ExceptionEntry } from "../bridge";
import { DAY_MINUTES, dayOf } from "../words/dates";
import type { Pane } from "./layout";
import type { Scale } from "./scale";
import { xOf } from "./scale";

export interface Band {
  kind: "time-off" | "other-hours";
  /** In pixels of the sheet, limited to the pane. */
  x: number;
  width: number;
}

/** `origin` is the chart's first day. Extra times are too short for a band. */
export function offDays(
  exceptions: readonly ExceptionEntry[],
  origin: number,
  scale: Scale,
  pane: Pane,
): Band[] {
  return exceptions.flatMap(({ kind, first, last }) => {
    if (kind === "extra-window") return [];
    const x = Math.max(xOf(scale, (dayOf(first) - origin) * DAY_MINUTES), pane.x);
    const end = xOf(scale, (dayOf(last) + 1 - origin) * DAY_MINUTES);
    const width = Math.min(end, pane.x + pane.width) - x;
    return width > 0 ? [{ kind, x, width }] : [];
  });
}
