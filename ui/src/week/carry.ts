// A session that is dragged or carried by keys: where it is, and the change that puts it there.
// Pure, so that it can be tested without a window.

import type { Change, View } from "../bridge";
import { clock, DAY_MINUTES, dayAndMonth, dayOf, formatDay, plainDate } from "../words/dates";

export interface Carried {
  /** A session that moves or gets another length, or study time that is added. */
  kind: "move" | "resize" | "add";
  /** The id of its item; empty for study time. */
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

/** With another end, at least one step long. Study time may also grow to earlier times. */
export function endsAt(origin: Carried, minutes: number): Carried {
  const end = Math.min(Math.max(minutes, 0), DAY_MINUTES - STEP);
  if (origin.kind === "add" && end < origin.from) {
    return { ...origin, from: end, to: origin.from };
  }
  return { ...origin, to: Math.max(end, origin.from + STEP) };
}

export function isSame(one: Carried, other: Carried): boolean {
  return one.day === other.day && one.from === other.from && one.to === other.to;
}

/** The change that a drop makes. */
export function changeOf(origin: Carried, to: Carried): Change {
  const date = formatDay(to.day);
  if (to.kind === "add") {
    const [from, until] = [clock(to.from), clock(to.to)];
    return {
      kind: "exception",
      exception: { kind: "extra-window", first: date, last: date, from, to: until },
      added: true,
    };
  }
  const start = `${date}T${clock(to.from)}`;
  return {
    kind: "pin",
    pin: { item: to.item, start, minutes: to.to - to.from },
    instead: `${formatDay(origin.day)}T${clock(origin.from)}`,
  };
}

/** "Tue 5 Jan, 19:00–20:30" */
export function placeOf({ day, from, to }: Carried): string {
  return `${dayAndMonth(day)}, ${clock(from)}–${clock(to)}`;
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
  const known = new Set(saved.findings.map(({ message }) => message));
  const warnings = shown.findings
    .map(({ message }) => message)
    .filter((each) => !known.has(each));
  return { lines, warnings };
}
