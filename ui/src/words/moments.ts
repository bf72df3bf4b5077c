// Times of the learner's clock as the core writes them, such as "2027-02-01T19:00".

import { DAY_MINUTES, dayOf } from "./dates";

/** The day of a time. */
export function dayOfMoment(moment: string): number {
  return dayOf(moment.slice(0, 10));
}

/** "19:00" */
export function clockOfMoment(moment: string): string {
  return moment.slice(11, 16);
}

/** Minutes of the clock from 00:00 of a day, such as "2027-01-04", to a time. */
export function minutesFrom(origin: string, moment: string): number {
  const [hours = 0, minutes = 0] = clockOfMoment(moment).split(":").map(Number);
  return (dayOfMoment(moment) - dayOf(origin)) * DAY_MINUTES + hours * 60 + minutes;
}
