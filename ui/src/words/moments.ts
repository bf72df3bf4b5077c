// Times of the learner's clock as the core writes them, such as "2027-02-01T19:00".

import { DAY_MINUTES, dayOf, timeRange, timeText } from "./dates";

/** The day of a time. */
export function dayOfMoment(moment: string): number {
  return dayOf(moment.slice(0, 10));
}

/** "19:00", as changes have it. */
export function clockOfMoment(moment: string): string {
  return moment.slice(11, 16);
}

/** Minutes of the clock from 00:00 of a day, such as "2027-01-04", to a time. */
export function minutesFrom(origin: string, moment: string): number {
  return (dayOfMoment(moment) - dayOf(origin)) * DAY_MINUTES + minutesOf(clockOfMoment(moment));
}

/** Minutes from midnight of "19:00". */
export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

/** "19:00" or "7:00 pm" of a time, by the chosen clock. */
export function timeOf(moment: string): string {
  return timeText(minutesOf(clockOfMoment(moment)));
}

/** "19:00–20:30" of a time and the clock at its end. */
export function timesOf(start: string, end: string): string {
  return timeRange(minutesOf(clockOfMoment(start)), minutesOf(end));
}
