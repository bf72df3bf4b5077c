// Exceptions in words.

import type { ExceptionEntry } from "../bridge";
import { effort } from "../words/amounts";
import { dayOf, plainRange, timeRange } from "../words/dates";
import { minutesOf } from "../words/moments";

export const KINDS = ["time-off", "other-hours", "extra-window"] as const;

export const TITLES: Record<ExceptionEntry["kind"], string> = {
  "time-off": "Time off",
  "other-hours": "Lighter or heavier weeks",
  "extra-window": "Extra time",
};

/** "Time off", "4 h a week", "Extra time 18:00–19:30" */
export function kindOf(exception: ExceptionEntry): string {
  switch (exception.kind) {
    case "time-off":
      return "Time off";
    case "other-hours":
      return `${effort(exception.week_minutes)} a week`;
    case "extra-window":
      return `Extra time ${timeRange(minutesOf(exception.from), minutesOf(exception.to))}`;
  }
}

/** "9–22 Aug 2027" */
export function datesOf({ first, last }: ExceptionEntry): string {
  return plainRange(dayOf(first), dayOf(last));
}

export function inOrder(exceptions: ExceptionEntry[]): ExceptionEntry[] {
  return [...exceptions].sort((a, b) => a.first.localeCompare(b.first));
}
