// The frames around the mark at the cursor and around the selected sessions.

import { keyOf } from "../planner/sessions";
import type { Line } from "./rows";
import { ROW_HEIGHT } from "./rows";
import type { Scale } from "./scale";
import type { Target } from "./target";
import { extentOf } from "./target";

/** From the top of a row to its marks. */
const MARGIN = 4;

export interface Spot {
  x: number;
  y: number;
  width: number;
}

/** The frame around a mark; null for a whole row. */
export function spotOf(
  target: Target | null,
  lines: readonly Line[],
  scale: Scale,
): (Spot & { height: number }) | null {
  const extent = target && target.part !== "line" ? extentOf(target, scale) : null;
  if (!target || !extent) return null;
  const y = lines.indexOf(target.line) * ROW_HEIGHT + MARGIN;
  return { x: extent.from, y, width: extent.to - extent.from, height: ROW_HEIGHT - 9 };
}

/** The frames around the sessions with these keys. */
export function spotsOf(
  selected: ReadonlySet<string>,
  lines: readonly Line[],
  scale: Scale,
): Spot[] {
  if (selected.size === 0) return [];
  return lines.flatMap((line, row) =>
    line.kind === "item"
      ? line.item.states.flatMap((_, at) => {
          const extent =
            selected.has(keyOf(line.id, at)) && extentOf({ line, part: at }, scale);
          if (!extent) return [];
          const y = row * ROW_HEIGHT + MARGIN;
          return [{ x: extent.from, y, width: extent.to - extent.from }];
        })
      : [],
  );
}
