// Civil dates as whole days since 1970-01-01: no clock, no zone, so a day is always a day.

import type { Weekday } from "../bridge";
import { style } from "./style.svelte";

export const DAY_MINUTES = 1440;
export const WEEKDAYS: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const MILLISECONDS = 86_400_000;
const DAY_NAMES = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
];
const MONTH_NAMES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

export interface CivilDate {
  year: number;
  /** 0 is January. */
  month: number;
  day: number;
}

export function dayNumber(year: number, month: number, day: number): number {
  return Math.floor(Date.UTC(year, month, day) / MILLISECONDS);
}

/** The day of "2027-01-04", or null if that is not a date. */
export function parseDay(text: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (!parts) return null;
  const number = dayNumber(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return formatDay(number) === parts[0] ? number : null;
}

/** The day of a date that the core wrote. */
export function dayOf(text: string): number {
  const number = parseDay(text);
  if (number === null) throw new Error(`not a date: ${text}`);
  return number;
}

export function civil(number: number): CivilDate {
  const date = new Date(number * MILLISECONDS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
}

export function formatDay(number: number): string {
  return new Date(number * MILLISECONDS).toISOString().slice(0, 10);
}

/** 0 is Monday, 6 is Sunday. 1970-01-01 was a Thursday. */
export function weekdayIndex(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

export function dayName(index: number): string {
  return DAY_NAMES[index] ?? "";
}

export function weekdayName(day: Weekday): string {
  return dayName(WEEKDAYS.indexOf(day));
}

/** The days of a week that begins with `first`. */
export function weekFrom(first: Weekday): Weekday[] {
  const at = WEEKDAYS.indexOf(first);
  return [...WEEKDAYS.slice(at), ...WEEKDAYS.slice(0, at)];
}

/** The first day of the week that a day is in. */
export function weekOf(day: number, weekStart: Weekday): number {
  return day - ((weekdayIndex(day) - WEEKDAYS.indexOf(weekStart) + 7) % 7);
}

export function monthName(month: number): string {
  return MONTH_NAMES[month] ?? "";
}

export function shortMonth(month: number): string {
  return monthName(month).slice(0, 3);
}

export function daysInMonth(year: number, month: number): number {
  return dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);
}

// The forms below follow the chosen order: 5 Feb 2028, Feb 5, 2028, or 2028-02-05.

/** "Saturday 5 February 2028" */
export function longDate(number: number): string {
  const comma = style.order === "monthFirst" ? "," : "";
  return `${dayName(weekdayIndex(number))}${comma} ${dateInWords(number)}`;
}

/** "5 February 2028" */
export function dateInWords(number: number): string {
  return inOrder(number, monthName, true);
}

/** "Sat 5 Feb 2028" */
export function shortDate(number: number): string {
  return `${shortDay(number)} ${plainDate(number)}`;
}

/** "5 Feb 2028" */
export function plainDate(number: number): string {
  return inOrder(number, shortMonth, true);
}

/** "5 Feb ’28", for narrow columns. */
export function narrowDate(number: number): string {
  if (style.order === "yearFirst") return formatDay(number);
  const year = String(civil(number).year % 100).padStart(2, "0");
  return `${dayOfMonth(number)} ’${year}`;
}

/** "5 Feb" */
export function dayOfMonth(number: number): string {
  return inOrder(number, shortMonth, false);
}

/** "Sat 5 Feb" */
export function dayAndMonth(number: number): string {
  return `${shortDay(number)} ${dayOfMonth(number)}`;
}

/** "Saturday 5 February" */
export function longDayAndMonth(number: number): string {
  const comma = style.order === "monthFirst" ? "," : "";
  return `${dayName(weekdayIndex(number))}${comma} ${inOrder(number, monthName, false)}`;
}

function shortDay(number: number): string {
  return dayName(weekdayIndex(number)).slice(0, 3) + (style.order === "monthFirst" ? "," : "");
}

function inOrder(number: number, nameOf: (month: number) => string, hasYear: boolean): string {
  const { year, month, day } = civil(number);
  switch (style.order) {
    case "dayFirst":
      return `${day} ${nameOf(month)}${hasYear ? ` ${year}` : ""}`;
    case "monthFirst":
      return `${nameOf(month)} ${day}${hasYear ? `, ${year}` : ""}`;
    case "yearFirst":
      return hasYear ? formatDay(number) : formatDay(number).slice(5);
  }
}

/** "Mon 4 Jan – Wed 13 Jan 2027", naming the year twice only where it changes. */
export function dateRange(first: number, last: number): string {
  if (first === last) return shortDate(first);
  const sameYear = civil(first).year === civil(last).year;
  return `${sameYear ? dayAndMonth(first) : shortDate(first)} – ${shortDate(last)}`;
}

/** "9–22 Aug 2027", naming month and year only where they change. */
export function plainRange(first: number, last: number): string {
  const [from, to] = [civil(first), civil(last)];
  if (first === last) return plainDate(first);
  if (from.year !== to.year || style.order === "yearFirst") {
    return `${plainDate(first)} – ${plainDate(last)}`;
  }
  if (from.month !== to.month) return `${dayOfMonth(first)} – ${plainDate(last)}`;
  return style.order === "dayFirst"
    ? `${from.day}–${plainDate(last)}`
    : `${dayOfMonth(first)}–${to.day}, ${to.year}`;
}

/** "19:05" of chart minutes, as changes and stored times have it. */
export function clock(minutes: number): string {
  const ofDay = ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${pad(Math.floor(ofDay / 60))}:${pad(Math.floor(ofDay % 60))}`;
}

/** "19:05" or "7:05 pm", by the chosen clock. */
export function timeText(minutes: number): string {
  if (style.hours === 24) return clock(minutes);
  const [hour, half] = inHalves(minutes);
  return `${hour}:${clock(minutes).slice(3)} ${half}`;
}

/** "19:00–20:30" or "7:00–8:30 pm". */
export function timeRange(from: number, to: number): string {
  const [first, last] = [timeText(from), timeText(to)];
  const isShort = style.hours === 12 && first.slice(-2) === last.slice(-2);
  return `${isShort ? first.slice(0, -3) : first}–${last}`;
}

/** "19:00" or "7 pm", of a full hour. */
export function hourText(hour: number): string {
  if (style.hours === 24) return clock(hour * 60);
  return inHalves(hour * 60).join(" ");
}

function inHalves(minutes: number): [number, string] {
  const hour = Number(clock(minutes).slice(0, 2));
  return [hour % 12 === 0 ? 12 : hour % 12, hour < 12 ? "am" : "pm"];
}
