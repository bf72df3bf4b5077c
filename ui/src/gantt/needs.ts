// Arrows from the prerequisites of the selected row to it, and from it to what comes after.

import { n } from "./boxes";
import type { Pane } from "./layout";
import type { Line } from "./rows";
import { ROW_HEIGHT } from "./rows";
import type { Scale } from "./scale";
import { extentOf } from "./target";

/** The ids of the rows that come directly before a row. */
export type NeedsOf = (id: string) => readonly { id: string }[];

/** Room beside a bar for an arrow to turn. */
const ELBOW = 8;
const HEAD = 4;

/** As path data, in pixels of the pane. A row that is folded away is shown by its phase. */
export function arrows(
  selected: string,
  lines: readonly Line[],
  needsOf: NeedsOf,
  scale: Scale,
  pane: Pane,
): string {
  const places = new Map<string, number>();
  lines.forEach((line, row) => {
    places.set(line.id, row);
    if (line.kind === "phase" && line.folded) {
      for (const { id } of line.phase.items) places.set(id, row);
    }
  });
  const own = places.get(selected);
  if (own === undefined) return "";
  const ids = lines.flatMap((line) =>
    line.kind === "phase" ? line.phase.items.map(({ id }) => id) : [],
  );
  const before = needsOf(selected).map(({ id }) => ({ from: places.get(id), to: own }));
  const after = ids
    .filter((id) => needsOf(id).some((need) => need.id === selected))
    .map((id) => ({ from: own, to: places.get(id) }));
  const drawn = new Set<string>();
  for (const { from, to } of [...before, ...after]) {
    const [source, target] = [lines[from ?? -1], lines[to ?? -1]];
    if (!source || !target || source === target || from === undefined || to === undefined) {
      continue;
    }
    const start = extentOf({ line: source, part: "line" }, scale);
    const end = extentOf({ line: target, part: "line" }, scale);
    if (!start || !end) continue;
    drawn.add(arrow(start.to - pane.x, from, end.from - pane.x, to, pane));
  }
  return [...drawn].join("");
}

function arrow(x: number, from: number, toX: number, to: number, pane: Pane): string {
  const y = (from + 0.5) * ROW_HEIGHT - pane.y;
  const toY = (to + 0.5) * ROW_HEIGHT - pane.y;
  // Around the bars, if the next one begins before there is room for a turn.
  const turn = Math.max(x, Math.min(x + ELBOW, toX - ELBOW));
  const side = to > from ? 1 : -1;
  const way =
    toX - ELBOW >= x
      ? `H${n(turn)}V${n(toY)}H${n(toX)}`
      : `H${n(x + ELBOW)}V${n(toY - (side * ROW_HEIGHT) / 2)}H${n(toX - ELBOW)}V${n(toY)}H${n(toX)}`;
  const head = `M${n(toX - HEAD)} ${n(toY - HEAD)}L${n(toX)} ${n(toY)}L${n(toX - HEAD)} ${n(toY + HEAD)}`;
  return `M${n(x)} ${n(y)}${way}${head}`;
}
