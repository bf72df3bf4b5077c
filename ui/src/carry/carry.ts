// Sessions that are dragged or carried by keys in the week, and the change that puts them there.
// Pure, so that it can be tested without a window.

import type { Change, View } from "../bridge";
import { count } from "../words/amounts";
import {
  clock,
  DAY_MINUTES,
  dayAndMonth,
  dayOf,
  formatDay,
  plainDate,
  timeRange,
} from "../words/dates";

/**
 * A session that moves or gets another length, waiting work that is placed, study time that is
 * added; or what really happened: a session at another time or of another length, or new work.
 */
export type Kind = "move" | "resize" | "place" | "add" | "log" | "log-resize" | "log-new";

export interface Carried {
  kind: Kind;
  /** The id of its item; empty if there is none yet. */
  item: string;
  title: string;
  /** Days since 1970. */
  day: number;
  /** Minutes of the day. */
  from: number;
  to: number;
}

export const STEP = 15;

export function snap(minutes: number): number {
  return Math.round(minutes / STEP) * STEP;
}

/** At another time with the same length, inside the day. */
export function movedTo(carried: Carried, day: number, from: number): Carried {
  const length = carried.to - carried.from;
  const start = Math.min(Math.max(from, 0), DAY_MINUTES - length);
  return { ...carried, day, from: start, to: start + length };
}

/** All moved by as much, as far as each stays inside its day. */
export function allMovedBy(all: readonly Carried[], days: number, minutes: number): Carried[] {
  const least = Math.max(...all.map(({ from }) => -from));
  const most = Math.min(...all.map(({ to }) => DAY_MINUTES - to));
  const by = Math.min(Math.max(minutes, least), most);
  return all.map((each) => movedTo(each, each.day + days, each.from + by));
}

/** With another end, at least one step long. A new one may also grow to earlier times. */
export function endsAt(origin: Carried, minutes: number): Carried {
  const end = Math.min(Math.max(minutes, 0), DAY_MINUTES - STEP);
  if ((origin.kind === "add" || origin.kind === "log-new") && end < origin.from)
    return { ...origin, from: end, to: origin.from };
  return { ...origin, to: Math.max(end, origin.from + STEP) };
}

export function isSame(one: Carried, other: Carried): boolean {
  return one.day === other.day && one.from === other.from && one.to === other.to;
}

/** "2027-01-04T19:00" */
export function startOf({ day, from }: Carried): string {
  return `${formatDay(day)}T${clock(from)}`;
}

/** The change that a drop makes. */
export function changeOf(origin: Carried, to: Carried): Change {
  const minutes = to.to - to.from;
  if (to.kind === "add") {
    const date = formatDay(to.day);
    const [from, until] = [clock(to.from), clock(to.to)];
    return {
      kind: "exception",
      exception: { kind: "extra-window", first: date, last: date, from, to: until },
      added: true,
    };
  }
  if (to.kind.startsWith("log")) {
    const [item, start] = [to.item, startOf(to)];
    return { kind: "log", item, start, minutes: String(minutes), note: "", entry: null };
  }
  const session = { item: to.item, start: startOf(to), minutes };
  if (to.kind === "place") return { kind: "place", session };
  return { kind: "pin", pin: session, instead: startOf(origin) };
}

/** One change for several sessions that move together. */
export function changeOfAll(origins: readonly Carried[], to: readonly Carried[]): Change {
  const pairs = origins.flatMap((origin, at) => {
    const there = to[at];
    return there ? [{ origin, there }] : [];
  });
  const [only, ...others] = pairs;
  if (only && others.length === 0) return changeOf(only.origin, only.there);
  // A session must have left its place before another of its item comes there.
  const isLater = only !== undefined && startOf(only.there) > startOf(only.origin);
  const ordered = [...pairs].sort((a, b) => {
    const order = startOf(a.origin).localeCompare(startOf(b.origin));
    return isLater ? -order : order;
  });
  return {
    kind: "all",
    name: `${count(pairs.length, "session")} moved`,
    changes: ordered.map(({ origin, there }) => changeOf(origin, there)),
  };
}

/** "Tue 5 Jan, 19:00–20:30" */
export function placeOf({ day, from, to }: Carried): string {
  return `${dayAndMonth(day)}, ${timeRange(from, to)}`;
}

/** The effect on the finish, the status, and what a drop here would break. */
export function effectOf(saved: View, shown: View): { lines: string[]; warnings: string[] } {
  const { finish } = shown.summary;
  const before = saved.summary.finish;
  const lines: string[] = [];
  if (finish) {
    const date = plainDate(dayOf(finish));
    lines.push(finish === before ? `Finish stays ${date}` : `Finish ${date}`);
  }
  lines.push(shown.status.title);
  const told = ({ findings, outside }: View) => [
    ...findings.map(({ message }) => message),
    ...outside,
  ];
  const known = new Set(told(saved));
  return { lines, warnings: told(shown).filter((each) => !known.has(each)) };
}
