// The study times of a week in words.

import type { PlanView } from "../bridge";
import { timeRange, weekdayName } from "../words/dates";
import { minutesOf } from "../words/moments";

/** "Mon Tue Wed 19:00–21:00, Sat 10:00–12:30" */
export function studyTimes(plan: PlanView): string {
  const byTime = new Map<string, string[]>();
  for (const { day, from, to } of plan.windows) {
    const time = timeRange(minutesOf(from), minutesOf(to));
    byTime.set(time, [...(byTime.get(time) ?? []), weekdayName(day).slice(0, 3)]);
  }
  return [...byTime].map(([time, days]) => `${days.join(" ")} ${time}`).join(", ");
}
