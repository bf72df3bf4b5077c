// The entries of the log that fit words and a time.

import type { EntryView } from "../bridge";
import { shortDate } from "../words/dates";
import { dayOfMoment } from "../words/moments";

export type Period = "all" | "week" | "month" | "quarter";

export const PERIODS: readonly { value: Period; name: string; days: number }[] = [
  { value: "all", name: "All time", days: Number.POSITIVE_INFINITY },
  { value: "week", name: "Last 7 days", days: 7 },
  { value: "month", name: "Last 30 days", days: 30 },
  { value: "quarter", name: "Last 90 days", days: 90 },
];

interface Filter {
  /** Each of these words is in the item's title, the note or the date. */
  words: string;
  period: Period;
  today: number;
}

export function filtered(
  entries: readonly EntryView[],
  { words, period, today }: Filter,
): readonly EntryView[] {
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean);
  const days = PERIODS.find(({ value }) => value === period)?.days ?? Number.POSITIVE_INFINITY;
  if (asked.length === 0 && days === Number.POSITIVE_INFINITY) return entries;
  return entries.filter((entry) => {
    const day = dayOfMoment(entry.start);
    const text = `${entry.title} ${entry.note} ${shortDate(day)} ${entry.start}`.toLowerCase();
    return today - day < days && asked.every((word) => text.includes(word));
  });
}
