// The shapes of sessions by state. States differ in shape even if sessions are as thin as a line:
// done is taller than the bar, partly done is filled below, missed is hollow or broken, freed is a
// dot.

import type { SessionState } from "../bridge";
import { box, n } from "./boxes";

/** The shapes that the sessions of a row add to its phase. */
export interface SessionPaths {
  /** Filled. */
  marks: string;
  /** Outlined, filled with the background. */
  hollow: string;
  /** Ticks on done sessions. */
  ticks: string;
  /** Strokes through missed sessions, and rings around the current one. */
  strokes: string;
}

const PLANNED = { height: 14, radius: 2 };
const DONE = { height: 18, radius: 2 };
const FREED = 3;
/** The two ends of a missed session that is too thin to be hollow. */
const END = 4;
/** From this width on an outline has an inside. */
const HOLLOW_FROM = 4;
const TICK_FROM = 13;

export function drawSession(
  paths: SessionPaths,
  state: SessionState,
  from: number,
  to: number,
  middle: number,
): void {
  const { height, radius } = PLANNED;
  const isThin = to - from < HOLLOW_FROM;
  switch (state) {
    case "done":
      paths.marks += box(from, to, middle, DONE.height, DONE.radius);
      if (to - from >= TICK_FROM) {
        const x = (from + to) / 2;
        paths.ticks += `M${n(x - 4)} ${n(middle)}l3 3l5 -6`;
      }
      break;
    case "part":
      if (!isThin) paths.hollow += box(from, to, middle, height, radius);
      paths.marks += box(from, to, middle + height / 4, height / 2, 0);
      break;
    case "missed":
      if (isThin) {
        const at = (height - END) / 2;
        paths.marks += box(from, to, middle - at, END, 0) + box(from, to, middle + at, END, 0);
      } else {
        paths.hollow += box(from, to, middle, height, radius);
        paths.strokes += `M${n(from)} ${n(middle + height / 2)}L${n(to)} ${n(middle - height / 2)}`;
      }
      break;
    case "due":
      paths.marks += box(from, to, middle, height, radius);
      paths.strokes += box(from - 3, to + 3, middle, height + 6, radius + 2);
      break;
    case "planned":
      paths.marks += box(from, to, middle, height, radius);
      break;
    case "freed":
      paths.marks += box(from, Math.min(to, from + FREED), middle, FREED, 1);
      break;
  }
}
