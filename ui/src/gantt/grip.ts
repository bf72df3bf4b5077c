// The parts of the chart that can be dragged.

import type { Chart } from "../bridge";
import type { Carried } from "../carry/carry";
import { keyOf } from "../planner/sessions";
import { DAY_MINUTES, dayOf } from "../words/dates";
import type { Stretch } from "./chart-drag.svelte";
import type { Line } from "./rows";
import type { Scale } from "./scale";
import { xOf } from "./scale";
import type { Target } from "./target";
import { sessionOf } from "./target";

/** The end of a bar, in pixels. */
const EDGE = 6;

/** A session to come, as it is carried; null for a part that doesn't move. */
export function carriedAt({ line, part }: Target, chart: Chart): Carried | null {
  if (line.kind !== "item" || typeof part !== "number") return null;
  const session = sessionOf(line, part);
  if (!session || line.item.states[part] !== "planned") return null;
  const day = Math.floor(session.start / DAY_MINUTES);
  const from = session.start - day * DAY_MINUTES;
  const { id, title } = line.item;
  const to = from + session.minutes;
  return { kind: "move", item: id, title, day: dayOf(chart.origin) + day, from, to };
}

/** An item whose bar ends at `x` of the sheet; null if its effort can't follow. */
export function stretchAt(line: Line, x: number, scale: Scale, chart: Chart): Stretch | null {
  if (line.kind !== "item") return null;
  const { id, title, start, end, leftMinutes } = line.item;
  if (start === null || end === null || leftMinutes === 0) return null;
  // Inside a short bar most of it is for moving it.
  const inside = Math.min(EDGE, (xOf(scale, end) - xOf(scale, start)) / 3);
  const beyond = x - xOf(scale, end);
  if (beyond < -inside || beyond > EDGE) return null;
  const from = Math.max(start, chart.today ?? start);
  return { item: id, title, left: leftMinutes, days: (end - from) / DAY_MINUTES };
}

/** No sessions. */
export const NONE_SELECTED: ReadonlySet<string> = new Set();

/** The selection with a session added, or taken out if it was in it. */
export function toggled(selected: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const others = [...selected].filter((each) => each !== key);
  return new Set(others.length < selected.size ? others : [...others, key]);
}

/** The selected sessions that move with one, which comes first; that one alone if it isn't one. */
export function movingWith(
  target: Target,
  selected: ReadonlySet<string>,
  lines: readonly Line[],
  chart: Chart,
): Carried[] {
  const own = carriedAt(target, chart);
  if (!own || target.line.kind !== "item" || typeof target.part !== "number") return [];
  const key = keyOf(target.line.id, target.part);
  if (!selected.has(key)) return [own];
  const others = lines.flatMap((line) =>
    line.kind === "item"
      ? line.item.states.flatMap((_, at) => {
          const other = keyOf(line.id, at);
          if (other === key || !selected.has(other)) return [];
          return carriedAt({ line, part: at }, chart) ?? [];
        })
      : [],
  );
  return [own, ...others];
}
