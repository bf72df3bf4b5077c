// Dates as people type them: "tomorrow", "next friday", "in 3 weeks", "9–22 aug", "march 2028".

import type { Weekday } from "../bridge";
import {
  civil,
  dayNumber,
  daysInMonth,
  parseDay,
  weekdayIndex,
  WEEKDAYS,
  weekOf,
} from "../words/dates";

export interface DateRange {
  /** Days since 1970. */
  first: number;
  last: number;
}

export interface Typed {
  range: DateRange;
  /** The other words. */
  rest: string;
}

interface Now {
  today: number;
  weekStart: Weekday;
}

const MONTH =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
const MONTHS = [
  "jan",
  "feb",
  "mar",
  "apr",
  "may",
  "jun",
  "jul",
  "aug",
  "sep",
  "oct",
  "nov",
  "dec",
];
const DAY =
  "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?";
const NUMBER = "(\\d{1,2})(?:st|nd|rd|th)?";
const YEAR = "(?:,?\\s+(\\d{4}))?";
const TO = "\\s*(?:–|-|to|until|till)\\s*";

type Reader = (parts: (string | undefined)[], now: Now) => (DateRange | null)[];

const single = (day: number | null): DateRange | null =>
  day === null ? null : { first: day, last: day };

/** Each form with its meanings, longest first. An ambiguous one has two. */
const FORMS: readonly { form: RegExp; read: Reader }[] = [
  form(`${NUMBER}${TO}${NUMBER}\\s+(${MONTH})${YEAR}`, ([from, to, month, year], now) => [
    ranged(dated(from, month, year, now), dated(to, month, year, now)),
  ]),
  form(`(${MONTH})\\s+${NUMBER}${TO}${NUMBER}${YEAR}`, ([month, from, to, year], now) => [
    ranged(dated(from, month, year, now), dated(to, month, year, now)),
  ]),
  form(
    `${NUMBER}\\s+(${MONTH})${YEAR}${TO}${NUMBER}\\s+(${MONTH})${YEAR}`,
    ([from, month, year, to, toMonth, toYear], now) => {
      const first = dated(from, month, year ?? toYear, now);
      const last = dated(to, toMonth, toYear, first === null ? now : { ...now, today: first });
      return [ranged(first, last)];
    },
  ),
  form(`(\\d{4}-\\d{2}-\\d{2})${TO}(\\d{4}-\\d{2}-\\d{2})`, ([from, to]) => [
    ranged(parseDay(from ?? ""), parseDay(to ?? "")),
  ]),
  form("(\\d{4}-\\d{2}-\\d{2})", ([iso]) => [single(parseDay(iso ?? ""))]),
  form(`${NUMBER}(?:\\s+of)?\\s+(${MONTH})${YEAR}`, ([day, month, year], now) => [
    single(dated(day, month, year, now)),
  ]),
  form(`(${MONTH})\\s+${NUMBER}(?!\\d)${YEAR}`, ([month, day, year], now) => [
    single(dated(day, month, year, now)),
  ]),
  form(`(${MONTH})${YEAR}`, ([month, year], now) => {
    const first = dated("1", month, year ?? yearOf(month, now), now);
    if (first === null) return [];
    const { year: of, month: at } = civil(first);
    return [{ first, last: first + daysInMonth(of, at) - 1 }];
  }),
  form("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})?", ([day, month, year], now) => [
    single(numbered(day, month, year, now)),
  ]),
  form("(\\d{1,2})/(\\d{1,2})(?:/(\\d{4}))?", ([one, other, year], now) => {
    const days = [numbered(one, other, year, now), numbered(other, one, year, now)];
    return [...new Set(days)].map(single);
  }),
  form("in\\s+(\\d{1,3}|an?|one|two|three)\\s+(day|week|month)s?", ([count, unit], now) => [
    single(now.today + distance(count, unit, now)),
  ]),
  form("(\\d{1,3})\\s+(day|week|month)s?\\s+ago", ([count, unit], now) => [
    single(now.today - distance(count, unit, now)),
  ]),
  form("(next|this|last)\\s+(week|month)", ([which, unit], now) => {
    const by = which === "next" ? 1 : which === "last" ? -1 : 0;
    if (unit === "week") {
      const first = weekOf(now.today, now.weekStart) + 7 * by;
      return [{ first, last: first + 6 }];
    }
    const { year, month } = civil(now.today);
    return [
      { first: dayNumber(year, month + by, 1), last: dayNumber(year, month + by + 1, 1) - 1 },
    ];
  }),
  form(`(?:(next|this|last)\\s+)?(${DAY})`, ([which, name], { today, weekStart }) => {
    const index = WEEKDAYS.findIndex((day) => name?.startsWith(day));
    const ahead = today + ((index - weekdayIndex(today) + 7) % 7);
    const ofWeek = weekOf(today, weekStart) + ((index - WEEKDAYS.indexOf(weekStart) + 7) % 7);
    if (which === "next") return [single(ofWeek + 7)];
    if (which === "last") return [single(ofWeek < today ? ofWeek : ofWeek - 7)];
    return [single(which === "this" ? ofWeek : ahead)];
  }),
  form("(today|tonight|now|tomorrow|yesterday)", ([word], { today }) => [
    single(today + (word === "tomorrow" ? 1 : word === "yesterday" ? -1 : 0)),
  ]),
];

/** The dates that a text may mean, with the words around them. Empty if it has none. */
export function datesIn(text: string, now: Now): Typed[] {
  const plain = text.toLowerCase().trim();
  for (const { form: pattern, read } of FORMS) {
    const match = pattern.exec(plain);
    if (!match) continue;
    const rest = plain.replace(match[0], " ").replace(/\s+/g, " ").trim();
    return read(match.slice(1), now).flatMap((range) => (range ? [{ range, rest }] : []));
  }
  return [];
}

function form(source: string, read: Reader): { form: RegExp; read: Reader } {
  return { form: new RegExp(`(?<![\\w-])${source}(?![\\w-])`), read };
}

function ranged(first: number | null, last: number | null): DateRange | null {
  return first === null || last === null || last < first ? null : { first, last };
}

function dated(
  day: string | undefined,
  month: string | undefined,
  year: string | undefined,
  now: Now,
): number | null {
  const at = MONTHS.indexOf((month ?? "").slice(0, 3));
  return at < 0 ? null : numbered(day, String(at + 1), year, now);
}

/** The day; without a year, the next such day. */
function numbered(
  day: string | undefined,
  month: string | undefined,
  year: string | undefined,
  { today }: Now,
): number | null {
  const two = (text: string | undefined) => (text ?? "").padStart(2, "0");
  const inYear = (of: number) => parseDay(`${of}-${two(month)}-${two(day)}`);
  if (year) return inYear(Number(year));
  const from = civil(today).year;
  // 29 February may be up to eight years away.
  const days = Array.from({ length: 9 }, (_, index) => inYear(from + index));
  return days.find((each) => each !== null && each >= today) ?? null;
}

/** The year of the month that comes next, or is now. */
function yearOf(month: string | undefined, { today }: Now): string {
  const { year, month: at } = civil(today);
  return String(MONTHS.indexOf((month ?? "").slice(0, 3)) < at ? year + 1 : year);
}

function distance(count: string | undefined, unit: string | undefined, { today }: Now): number {
  const words: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3 };
  const number = words[count ?? ""] ?? Number(count);
  if (unit === "day") return number;
  if (unit === "week") return 7 * number;
  const { year, month, day } = civil(today);
  const first = civil(dayNumber(year, month + number, 1));
  const last = Math.min(day, daysInMonth(first.year, first.month));
  return dayNumber(first.year, first.month, last) - today;
}
