// An item's bar that is dragged: across, to the date before which the item doesn't begin; up or
// down, to another place in the order of its phase.

import type { Change, Chart, PhaseRow } from "../bridge";
import { itemMove } from "../planner/order";
import { count } from "../words/amounts";
import { DAY_MINUTES, dayOf, formatDay, plainDate } from "../words/dates";
import type { ItemLine, Line } from "./rows";
import { ROW_HEIGHT } from "./rows";

export interface BarItem {
  item: string;
  title: string;
  /** The day on which what is left of it begins. */
  day: number;
  notBefore: string | null;
}

export interface Bar {
  /** The item under the pointer, then those that are selected with it. */
  items: readonly BarItem[];
  /** The day of now. */
  today: number;
  phase: PhaseRow;
  /** The rows of its phase, and its place among them. */
  rows: readonly { id: string; title: string }[];
  at: number;
  phases: readonly PhaseRow[];
}

/** The effect of a drop, in words and as a change; null if it changes nothing. */
export interface Drop {
  words: string;
  change: Change | null;
}

function barItem({ item }: ItemLine, chart: Chart): BarItem | null {
  const { id, title, start, end, leftMinutes, notBefore } = item;
  if (start === null || end === null || leftMinutes === 0) return null;
  const from = Math.max(start, chart.today ?? start);
  const day = dayOf(chart.origin) + Math.floor(from / DAY_MINUTES);
  return { item: id, title, day, notBefore };
}

/** The bar of a row; null if the row has none that can move. */
export function barOf(
  line: Line,
  selected: ReadonlySet<string>,
  lines: readonly Line[],
  chart: Chart,
): Bar | null {
  const own = line.kind === "item" ? barItem(line, chart) : null;
  if (!own) return null;
  const others = selected.has(line.id)
    ? lines.flatMap((each) => {
        const isOther = each.kind === "item" && each.id !== line.id && selected.has(each.id);
        return (isOther && barItem(each, chart)) || [];
      })
    : [];
  const rows = lines.flatMap((each) =>
    each.kind === "item" && each.phase.id === line.phase.id
      ? [{ id: each.id, title: each.item.title }]
      : [],
  );
  return {
    items: [own, ...others],
    today: dayOf(chart.origin) + Math.floor((chart.today ?? 0) / DAY_MINUTES),
    phase: line.phase,
    rows,
    at: rows.findIndex(({ id }) => id === line.id),
    phases: chart.phases,
  };
}

/** The bar some days later, or earlier. Back to today, it can begin at any time again. */
export function later({ items, today }: Bar, days: number): Drop {
  const changes = items.flatMap((each): Change[] => {
    const day = each.day + days;
    // Without a date it begins as early as it can.
    if (days === 0 || (days < 0 && each.notBefore === null)) return [];
    const value = day <= today ? "" : formatDay(day);
    if (value === (each.notBefore ?? "")) return [];
    return [{ kind: "notBefore", item: each.item, value }];
  });
  const [own] = items;
  const [first] = changes;
  const title = own?.title ?? "";
  const more = items.length > 1 ? `, with ${items.length - 1} more` : "";
  if (!first || first.kind !== "notBefore") {
    const begins = days < 0 ? "begins as early as it can" : "stays where it is";
    return { words: `${title} ${begins}${more}`, change: null };
  }
  const isFree = first.value === "";
  const when = isFree ? "at any time" : `not before ${plainDate(dayOf(first.value))}`;
  return {
    words: `${title} ${when}${more}`,
    change:
      changes.length === 1
        ? first
        : {
            kind: "all",
            name: `${count(changes.length, "item")} ${isFree ? "at any time" : "not before a date"}`,
            changes,
          },
  };
}

/** The bar some rows further down, or up, within its phase. */
export function reordered({ items, phase, phases, rows, at }: Bar, by: number): Drop {
  const [own] = items;
  const to = Math.min(Math.max(at + by, 0), rows.length - 1);
  const place = rows[to];
  const title = own?.title ?? "";
  if (!own || !place || to === at)
    return { words: `${title} stays in its place`, change: null };
  const inPhase = phase.items.findIndex(({ id }) => id === place.id);
  const before = (to > at ? phase.items[inPhase + 1]?.id : place.id) ?? null;
  const change = itemMove(phases, own.item, { phase: phase.id, before });
  const side = to > at ? "after" : "before";
  return { words: `${title} ${side} ${place.title}`, change };
}

/** The number of rows that a drag goes down. */
export function rowsOf(pixels: number): number {
  return Math.round(pixels / ROW_HEIGHT);
}
