// The time axis: the units shown at each zoom, the header's cells, and the grid.

import {
  civil,
  dayAndMonth,
  dayName,
  dayNumber,
  daysInMonth,
  hourText,
  longDayAndMonth,
  monthName,
  shortMonth,
  weekdayIndex,
} from "../words/dates";
import type { Scale } from "./scale";

/** A cell of the header, in pixels from the scale's start. */
export interface Cell {
  x: number;
  width: number;
  label: string;
  /** Identifies the cell, even if its label has no room. */
  key: string;
}

export interface Axis {
  /** From the coarsest unit to the finest. */
  tiers: Cell[][];
  /** Grid lines at the finest unit. */
  minor: number[];
  /** Grid lines at the next coarser one. */
  major: number[];
  weekends: { x: number; width: number }[];
}

/** The range of pixels to cover. */
export interface Span {
  from: number;
  to: number;
}

/** A unit's pieces as [first day, day after the last], in days since 1970. */
type Unit = (from: number, to: number) => Iterable<[number, number]>;

const DAYS_FROM = 24;
const HOURS_FROM = 200;
const MONTHS_FROM = 0.9;
const QUARTERS_FROM = 0.26;
const WEEKENDS_FROM = 6;

/** The number of header rows at a zoom. */
export function tierCount(pixelsPerDay: number): number {
  return pixelsPerDay >= DAYS_FROM ? 3 : 2;
}

/** `origin` is the plan's first day, from which the roadmap's weeks are counted. */
export function axis(origin: number, scale: Scale, span: Span): Axis {
  const { pixelsPerDay } = scale;
  const cells = (unit: Unit, label: (day: number, width: number) => string, name: string) =>
    cellsOf(origin, scale, span, unit, label, name);
  const months = () => cells(byMonth, monthLabel, "month");
  const years = () => cells(byYears(1), (day) => String(civil(day).year), "year");

  if (pixelsPerDay >= HOURS_FROM) {
    const days = cells(byDay, dayLabel, "day");
    const hours = hourCells(origin, scale, span);
    return axisOf([months(), days, hours], origin, scale, span);
  }
  if (pixelsPerDay >= DAYS_FROM) {
    const weeks = cells(byWeeks(origin, 1), weekLabel(origin), "week");
    return axisOf([months(), weeks, cells(byDay, dayLabel, "day")], origin, scale, span);
  }
  if (pixelsPerDay >= MONTHS_FROM) {
    const step = [1, 2, 4, 8].find((weeks) => weeks * 7 * pixelsPerDay >= 36) ?? 13;
    const weeks = cells(byWeeks(origin, step), weekLabel(origin), "week");
    return axisOf([months(), weeks], origin, scale, span);
  }
  if (pixelsPerDay >= QUARTERS_FROM) {
    const quarters = cells(byQuarter, quarterLabel, "quarter");
    return axisOf([years(), quarters], origin, scale, span);
  }
  const step = [1, 2, 5].find((count) => count * 365 * pixelsPerDay >= 40) ?? 10;
  const steps = cells(byYears(step), (day) => String(civil(day).year), "years");
  const decades = cells(
    byYears(10),
    (day) => `${Math.floor(civil(day).year / 10)}0s`,
    "decade",
  );
  return axisOf([decades, steps], origin, scale, span);
}

function axisOf(tiers: Cell[][], origin: number, scale: Scale, span: Span): Axis {
  const [major = [], minor = []] = tiers.slice(-2);
  return {
    tiers,
    minor: minor.map((cell) => cell.x),
    major: major.map((cell) => cell.x),
    weekends: scale.pixelsPerDay >= WEEKENDS_FROM ? weekends(origin, scale, span) : [],
  };
}

function cellsOf(
  origin: number,
  scale: Scale,
  span: Span,
  unit: Unit,
  label: (day: number, width: number) => string,
  name: string,
): Cell[] {
  const cells: Cell[] = [];
  const zero = origin + scale.from;
  const [first, last] = daysIn(origin, scale, span);
  for (const [from, to] of unit(first, last)) {
    const x = Math.max((from - zero) * scale.pixelsPerDay, 0);
    const width = Math.min((to - zero) * scale.pixelsPerDay, scale.width) - x;
    if (width > 0) cells.push({ x, width, label: label(from, width), key: `${name}${from}` });
  }
  return cells;
}

/** The days that a span of pixels touches, limited to the scale. */
function daysIn(origin: number, scale: Scale, span: Span): [number, number] {
  const zero = origin + scale.from;
  const first = Math.max(Math.floor(span.from / scale.pixelsPerDay), 0);
  const last = Math.ceil(Math.min(span.to, scale.width) / scale.pixelsPerDay);
  return [zero + first, zero + last];
}

function* byDay(from: number, to: number): Iterable<[number, number]> {
  for (let day = from; day < to; day += 1) yield [day, day + 1];
}

function byWeeks(origin: number, step: number): Unit {
  return function* (from, to) {
    const length = step * 7;
    // There is no week 0: days before the start belong to no week.
    const before = Math.max(Math.floor((from - origin) / length), 0);
    for (let day = origin + before * length; day < to; day += length) yield [day, day + length];
  };
}

function* byMonth(from: number, to: number): Iterable<[number, number]> {
  let { year, month } = civil(from);
  for (let day = dayNumber(year, month, 1); day < to;) {
    const next = day + daysInMonth(year, month);
    yield [day, next];
    day = next;
    ({ year, month } = civil(day));
  }
}

function* byQuarter(from: number, to: number): Iterable<[number, number]> {
  const { year, month } = civil(from);
  for (let at = month - (month % 3); ; at += 3) {
    const day = dayNumber(year, at, 1);
    if (day >= to) return;
    yield [day, dayNumber(year, at + 3, 1)];
  }
}

function byYears(step: number): Unit {
  return function* (from, to) {
    const { year } = civil(from);
    for (let at = year - (year % step); ; at += step) {
      const day = dayNumber(at, 0, 1);
      if (day >= to) return;
      yield [day, dayNumber(at + step, 0, 1)];
    }
  };
}

function hourCells(origin: number, scale: Scale, span: Span): Cell[] {
  const hour = scale.pixelsPerDay / 24;
  const step = [1, 2, 3].find((hours) => hours * hour >= 46) ?? 6;
  const cells: Cell[] = [];
  const [first, last] = daysIn(origin, scale, span);
  for (let day = first; day < last; day += 1) {
    for (let at = 0; at < 24; at += step) {
      const x = (day - origin - scale.from) * scale.pixelsPerDay + at * hour;
      const label = hourText(at);
      cells.push({ x, width: step * hour, label, key: `hour${day}-${at}` });
    }
  }
  return cells;
}

function weekends(origin: number, scale: Scale, span: Span): { x: number; width: number }[] {
  const zero = origin + scale.from;
  const [first, last] = daysIn(origin, scale, span);
  const found = [];
  for (let day = first; day < last; day += 1) {
    if (weekdayIndex(day) < 5) continue;
    found.push({ x: (day - zero) * scale.pixelsPerDay, width: scale.pixelsPerDay });
  }
  return found;
}

// Widths suit a wide font of 11 pixels.

function monthLabel(day: number, width: number): string {
  const { year, month } = civil(day);
  if (width >= 118) return `${monthName(month)} ${year}`;
  if (width >= 74) return `${shortMonth(month)} ${year}`;
  if (width < 26) return "";
  // If months are narrow, January shows the year.
  if (month > 0) return shortMonth(month);
  return width >= 42 ? String(year) : `’${String(year).slice(2)}`;
}

function weekLabel(origin: number): (day: number, width: number) => string {
  return (day, width) => {
    const week = Math.floor((day - origin) / 7) + 1;
    if (width >= 84) return `Week ${week}`;
    return width >= 26 ? `W${week}` : "";
  };
}

function quarterLabel(day: number, width: number): string {
  return width >= 20 ? `Q${Math.floor(civil(day).month / 3) + 1}` : "";
}

function dayLabel(day: number, width: number): string {
  const { day: ofMonth } = civil(day);
  const name = dayName(weekdayIndex(day));
  if (width >= 150) return longDayAndMonth(day);
  if (width >= 84) return dayAndMonth(day);
  return width >= 52 ? `${name.slice(0, 3)} ${ofMonth}` : String(ofMonth);
}
