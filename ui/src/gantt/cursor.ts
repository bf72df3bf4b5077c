// Keyboard navigation of the chart, following the ARIA treegrid pattern: Up and Down move between
// rows, Right unfolds and then steps through a row's sessions or milestone, Left steps back and
// folds.

import type { Line } from "./rows";
import type { Target } from "./target";
import { marksOf } from "./target";

export interface Cursor {
  id: string;
  part: Target["part"];
}

/**
 * The effect of a key: move the cursor, fold or unfold a phase, scroll to an item's bar, or open
 * the menu.
 */
export type Move = { to: Cursor } | { toggle: string } | { seek: string } | { change: Cursor };

const PAGE = 10;

export function moveOf(lines: Line[], cursor: Cursor, key: string): Move | null {
  const at = lines.findIndex((line) => line.id === cursor.id);
  const line = lines[at];
  if (!line) return null;
  const row = (index: number): Move | null => {
    const next = lines[Math.min(Math.max(index, 0), lines.length - 1)];
    return next ? { to: { id: next.id, part: "line" } } : null;
  };
  switch (key) {
    case "ArrowDown":
      return row(at + 1);
    case "ArrowUp":
      return row(at - 1);
    case "PageDown":
      return row(at + PAGE);
    case "PageUp":
      return row(at - PAGE);
    case "Home":
      return row(0);
    case "End":
      return row(lines.length - 1);
    case "ArrowRight":
      if (line.kind === "phase" && line.folded) return { toggle: line.id };
      return step(line, cursor, 1);
    case "ArrowLeft":
      if (cursor.part !== "line") return step(line, cursor, -1);
      if (line.kind === "item") return { to: { id: line.phase.id, part: "line" } };
      return line.folded ? null : { toggle: line.id };
    case "Enter":
    case " ":
      if (cursor.part !== "line") return { change: cursor };
      return line.kind === "phase" ? { toggle: line.id } : { seek: line.id };
    case "ContextMenu":
      return { change: cursor };
    default:
      return null;
  }
}

/** The next or previous mark in a row; before the first one is the row itself. */
function step(line: Line, cursor: Cursor, by: number): Move | null {
  const parts: Target["part"][] = ["line", ...marksOf(line)];
  const next = parts[parts.indexOf(cursor.part) + by];
  return next === undefined ? null : { to: { id: line.id, part: next } };
}
