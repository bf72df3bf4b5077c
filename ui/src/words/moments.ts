// Times of the learner's clock as the core writes them, such as "2027-02-01T19:00".

import { dayOf } from "./dates";

/** The day of a time. */
export function dayOfMoment(moment: string): number {
  return dayOf(moment.slice(0, 10));
}

/** "19:00" */
export function clockOfMoment(moment: string): string {
  return moment.slice(11, 16);
}
