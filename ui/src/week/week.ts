// The sessions of one week, arranged by day and hour. Pure, so that it can be tested without a
// window.

import type { BusySpan, Chart, ExceptionEntry, PlanView, SessionState } from "../bridge";
import type { ItemLine } from "../gantt/rows";
import { keyOf } from "../planner/sessions";
import { clockOfMoment, dayOfMoment, minutesOf } from "../words/moments";
import { DAY_MINUTES, dayOf, WEEKDAYS, weekdayIndex } from "../words/dates";

/** A session on one day. Times are minutes of that day. */
export interface Block {
  key: string;
  line: ItemLine;
  /** The number of the session in its item. */
  at: number;
  from: number;
  to: number;
  state: SessionState;
}

/** A stretch of a day to shade. */
export interface Shade {
  from: number;
  to: number;
}

/** Busy time on one day. */
export interface Busy extends Shade {
  /** Its calendar; null for time that the learner keeps free. */
  source: string | null;
}

export interface Day {
  /** Days since 1970. */
  day: number;
  blocks: Block[];
  /** The study times of a normal week, and extra time. */
  study: Shade[];
  busy: Busy[];
  isOff: boolean;
  /** Whether its week has hours of its own. */
  isOther: boolean;
}

/** A free time of fewer minutes is no place for a session. */
const LEAST = 15;

/** The hours a week shows at least. */
const USUAL = { from: 8, to: 22 };

/** The seven days from `first` on. */
export function daysOfWeek(
  chart: Chart,
  plan: PlanView,
  first: number,
  busy: readonly BusySpan[] = [],
): Day[] {
  const days = Array.from({ length: 7 }, (_, index): Day => {
    const day = first + index;
    return {
      day,
      blocks: [],
      study: studyOn(day, plan),
      busy: busy.flatMap((time) => busyOn(day, time)),
      isOff: isOn("time-off", day, plan),
      isOther: isOn("other-hours", day, plan),
    };
  });
  const zero = (first - dayOf(chart.origin)) * DAY_MINUTES;
  for (const phase of chart.phases) {
    for (const item of phase.items) {
      const line: ItemLine = { kind: "item", id: item.id, phase, item };
      for (let at = 0; at * 2 < item.sessions.length; at += 1) {
        const start = (item.sessions[at * 2] ?? 0) - zero;
        const day = days[Math.floor(start / DAY_MINUTES)];
        if (!day) continue;
        const from = start % DAY_MINUTES;
        const to = Math.min(from + (item.sessions[at * 2 + 1] ?? 0), DAY_MINUTES);
        const state = item.states[at] ?? "planned";
        // Its time is free again.
        if (state === "freed") continue;
        day.blocks.push({ key: keyOf(item.id, at), line, at, from, to, state });
      }
    }
  }
  for (const { blocks } of days) blocks.sort((a, b) => a.from - b.from);
  return days;
}

/** The hours to show, so that every session and study time of the week is in them. */
export function hoursOf(days: Day[]): { from: number; to: number } {
  const all = days.flatMap(({ blocks, study }) => [...blocks, ...study]);
  return {
    from: Math.min(USUAL.from, ...all.map(({ from }) => Math.floor(from / 60))),
    to: Math.max(USUAL.to, ...all.map(({ to }) => Math.ceil(to / 60))),
  };
}

/** Minutes of the week's sessions, and how many of them are done. */
export function amountOf(days: Day[]): { planned: number; done: number } {
  const blocks = days.flatMap(({ blocks }) => blocks);
  const sum = (some: Block[]) => some.reduce((minutes, { from, to }) => minutes + to - from, 0);
  return { planned: sum(blocks), done: sum(blocks.filter(({ state }) => state === "done")) };
}

/**
 * The block that a key moves to: the next or previous one of its day, or the nearest in time on the
 * closest day with blocks in that direction.
 */
export function nextBlock(
  days: Day[],
  key: string,
  move: "up" | "down" | "left" | "right",
): Block | null {
  const index = days.findIndex(({ blocks }) => blocks.some((block) => block.key === key));
  const blocks = days[index]?.blocks ?? [];
  const at = blocks.findIndex((block) => block.key === key);
  const block = blocks[at];
  if (!block) return null;
  if (move === "up") return blocks[at - 1] ?? null;
  if (move === "down") return blocks[at + 1] ?? null;
  const by = move === "left" ? -1 : 1;
  for (let other = index + by; other >= 0 && other < days.length; other += by) {
    const there = days[other]?.blocks ?? [];
    const [first, ...rest] = there;
    if (!first) continue;
    const distance = ({ from }: Block) => Math.abs(from - block.from);
    return rest.reduce((best, each) => (distance(each) < distance(best) ? each : best), first);
  }
  return null;
}

function busyOn(day: number, { source, isPlan, start, end }: BusySpan): Busy[] {
  const zero = day * DAY_MINUTES;
  const from = Math.max(minutesAt(start) - zero, 0);
  const to = Math.min(minutesAt(end) - zero, DAY_MINUTES);
  const shown = isPlan ? `your plan “${source}”` : source;
  return from < to ? [{ source: shown, from, to }] : [];
}

/** Minutes since 1970 of a time of the learner's clock. */
function minutesAt(moment: string): number {
  return dayOfMoment(moment) * DAY_MINUTES + minutesOf(clockOfMoment(moment));
}

/** Study time that busy times take, in minutes, with the calendars that take it. */
export function lostIn(days: Day[]): { minutes: number; sources: string[] } {
  const lost = days.flatMap(({ study, busy }) =>
    study.flatMap((window) =>
      busy.map(({ source, from, to }) => ({
        source,
        minutes: Math.max(Math.min(window.to, to) - Math.max(window.from, from), 0),
      })),
    ),
  );
  const some = lost.filter(({ minutes, source }) => minutes > 0 && source !== null);
  return {
    minutes: some.reduce((sum, { minutes }) => sum + minutes, 0),
    sources: [...new Set(some.flatMap(({ source }) => source ?? []))],
  };
}

/** The first free study time from `earliest` on, for as much of `minutes` as fits there. */
export function freePlace(
  days: Day[],
  minutes: number,
  earliest: { day: number; minutes: number },
): { day: number; from: number; to: number } | null {
  for (const { day, study, blocks, busy, isOff } of days) {
    if (day < earliest.day || isOff) continue;
    const taken = [...blocks, ...busy].sort((a, b) => a.from - b.from);
    for (const window of [...study].sort((a, b) => a.from - b.from)) {
      let from = window.from;
      if (day === earliest.day) from = Math.max(from, Math.ceil(earliest.minutes / 15) * 15);
      for (const each of [...taken, { from: window.to, to: window.to }]) {
        const to = Math.min(each.from, window.to);
        if (to - from >= Math.min(minutes, LEAST)) {
          return { day, from, to: Math.min(from + minutes, to) };
        }
        from = Math.max(from, each.to);
      }
    }
  }
  return null;
}

function studyOn(day: number, plan: PlanView): Shade[] {
  if (isOn("time-off", day, plan)) return [];
  const name = WEEKDAYS[weekdayIndex(day)];
  const usual = plan.windows.filter((window) => window.day === name);
  const extra = plan.time.exceptions.filter(
    (exception) => exception.kind === "extra-window" && includes(exception, day),
  ) as Extract<ExceptionEntry, { kind: "extra-window" }>[];
  return [...usual, ...extra].map(({ from, to }) => ({
    from: minutesOf(from),
    to: minutesOf(to),
  }));
}

function isOn(kind: ExceptionEntry["kind"], day: number, plan: PlanView): boolean {
  return plan.time.exceptions.some(
    (exception) => exception.kind === kind && includes(exception, day),
  );
}

function includes({ first, last }: ExceptionEntry, day: number): boolean {
  return day >= dayOf(first) && day <= dayOf(last);
}
