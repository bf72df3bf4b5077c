// The part of the chart under the pointer or the keyboard's cursor.

import type { Chart, ReasonView } from "../bridge";
import { DIAMOND } from "./layout";
import type { ItemLine, Line } from "./rows";
import type { Scale } from "./scale";
import { xOf } from "./scale";

export interface Target {
  line: Line;
  /** The line itself, one of its sessions (by number), or the phase's milestone. */
  part: "line" | "outcome" | number;
}

/** The extent of a target on the time axis, in pixels from the scale's start. */
export interface Extent {
  from: number;
  to: number;
}

/** From this zoom on, a single session is wide enough to point at. */
const SESSIONS_FROM = 10;
const TOLERANCE = 3;

export function targetAt(line: Line, x: number, scale: Scale): Target | null {
  if (line.kind === "phase") {
    const at = line.phase.outcome.at;
    if (at !== null && Math.abs(xOf(scale, at) - x) <= DIAMOND + TOLERANCE) {
      return { line, part: "outcome" };
    }
  }
  const extent = extentOf({ line, part: "line" }, scale);
  if (!extent || x < extent.from - TOLERANCE || x > extent.to + TOLERANCE) return null;
  if (line.kind === "item" && scale.pixelsPerDay >= SESSIONS_FROM) {
    const session = sessionAt(line, x, scale);
    if (session !== null) return { line, part: session };
  }
  return { line, part: "line" };
}

export function extentOf({ line, part }: Target, scale: Scale): Extent | null {
  if (part === "outcome") {
    const at = line.phase.outcome.at;
    if (at === null) return null;
    return { from: xOf(scale, at) - DIAMOND, to: xOf(scale, at) + DIAMOND };
  }
  if (part === "line") {
    const { start, end } = line.kind === "phase" ? line.phase : line.item;
    if (start === null || end === null) return null;
    return { from: xOf(scale, start), to: xOf(scale, end) };
  }
  const session = line.kind === "item" ? sessionOf(line, part) : null;
  if (!session) return null;
  return { from: xOf(scale, session.start), to: xOf(scale, session.start + session.minutes) };
}

export function sessionOf(
  line: ItemLine,
  at: number,
): { start: number; minutes: number } | null {
  const start = line.item.sessions[at * 2];
  const minutes = line.item.sessions[at * 2 + 1];
  return start === undefined || minutes === undefined ? null : { start, minutes };
}

/** The reason for a session's time. */
export function reasonOf(line: ItemLine, at: number, chart: Chart): ReasonView | null {
  return chart.reasons[line.item.whys[at] ?? -1] ?? null;
}

export function sessionCount(line: ItemLine): number {
  return Math.floor(line.item.sessions.length / 2);
}

/** The stops of the Right key in a line: its sessions, or a phase's milestone. */
export function marksOf(line: Line): Target["part"][] {
  if (line.kind === "item") return Array.from({ length: sessionCount(line) }, (_, at) => at);
  return line.phase.outcome.at === null ? [] : ["outcome"];
}

/** The last session that begins at or before x, if x is on it. */
function sessionAt(line: ItemLine, x: number, scale: Scale): number | null {
  let low = 0;
  let high = sessionCount(line) - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const start = line.item.sessions[middle * 2] ?? 0;
    if (xOf(scale, start) - TOLERANCE <= x) low = middle;
    else high = middle - 1;
  }
  const extent = extentOf({ line, part: low }, scale);
  return extent && x >= extent.from - TOLERANCE && x <= extent.to + TOLERANCE ? low : null;
}
