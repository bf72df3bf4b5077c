// The core writes 5 February 2028 and 19:00, and reads 2028-02-05 and 19:00. Here its sentences get
// the learner's order and clock, and what was typed in them gets the core's form.

import type { Change, Translation } from "../bridge";
import {
  dateInWords,
  dayNumber,
  formatDay,
  longDate,
  monthName,
  plainDate,
  shortDate,
  timeRange,
  timeText,
} from "./dates";
import { minutesOf } from "./moments";
import { style } from "./style.svelte";

const MONTHS = Array.from({ length: 12 }, (_, month) => monthName(month));
const DATE = new RegExp(
  `(?:\\b([A-Z][a-z]{2,8}day|Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\\b(\\d{1,2}) (${[
    ...MONTHS,
    ...MONTHS.map((name) => name.slice(0, 3)),
  ].join("|")}) (\\d{4})\\b`,
  "g",
);
const TIMES = /\b([01]\d|2[0-3]):([0-5]\d)(?:–([01]\d|2[0-3]):([0-5]\d))?(?![\d:])/g;
/** Titles that a sentence quotes stay as they are. */
const QUOTED = /(“[^”]*”)/;

/** A sentence of the core in the learner's order and clock. */
export function inStyle(sentence: string): string {
  if (isPlain()) return sentence;
  return sentence
    .split(QUOTED)
    .map((part, at) => (at % 2 === 1 ? part : withTimes(withDates(part))))
    .join("");
}

function isPlain(): boolean {
  return style.order === "dayFirst" && style.hours === 24;
}

function withDates(text: string): string {
  if (style.order === "dayFirst") return text;
  return text.replace(DATE, (_, weekday: string | undefined, day, name: string, year) => {
    const month = MONTHS.findIndex((each) => each.startsWith(name));
    const number = dayNumber(Number(year), month, Number(day));
    // "May" is as long as its short form, so the weekday decides.
    const isLong = name.length > 3 || (weekday !== undefined && weekday.length > 3);
    if (weekday === undefined) return isLong ? dateInWords(number) : plainDate(number);
    return isLong ? longDate(number) : shortDate(number);
  });
}

function withTimes(text: string): string {
  if (style.hours === 24) return text;
  return text.replace(TIMES, (found: string) => {
    const [from = 0, to] = found.split("–").map(minutesOf);
    return to === undefined ? timeText(from) : timeRange(from, to);
  });
}

/** The fields of the core's answers that are sentences or parts of one. */
const SENTENCES: ReadonlySet<string> = new Set([
  "advice",
  "basis",
  "busyShare",
  "headline",
  "kept",
  "leftOut",
  "lines",
  "message",
  "missed",
  "p80InWords",
  "problem",
  "reason",
  "redo",
  "report",
  "sentence",
  "sentences",
  "short",
  "since",
  "takes",
  "text",
  "undo",
  "verdict",
]);

/** Fields that are a sentence only beside another one, which names their kind of answer. */
const BESIDE: readonly { beside: string; fields: readonly string[] }[] = [
  { beside: "leverLabel", fields: ["title", "note"] },
  { beside: "sentences", fields: ["title"] },
  { beside: "outcome", fields: ["name"] },
  { beside: "since", fields: ["until", "change"] },
];

const KEPT: ReadonlySet<string> = new Set(["change", "changes", "texts"]);

/** An answer of the core with its sentences in the learner's order and clock. */
export function told<Answer>(answer: Answer): Answer {
  return isPlain() ? answer : (walk(answer, false) as Answer);
}

/** The value itself where nothing in it is a sentence with a date or a time: most of an answer. */
function walk(value: unknown, isSentence: boolean): unknown {
  if (typeof value === "string") return isSentence ? inStyle(value) : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    // A plan's sessions are long lists of numbers.
    if (typeof value[0] === "number") return value;
    const walked = value.map((each) => walk(each, isSentence));
    return walked.some((each, at) => each !== value[at]) ? walked : value;
  }
  const record = value as Record<string, unknown>;
  const more = BESIDE.filter(({ beside }) => beside in record);
  let walked: Record<string, unknown> | undefined;
  for (const key of Object.keys(record)) {
    const each = record[key];
    // A change that the core offers goes back to it as it is, and so do the learner's texts.
    if (KEPT.has(key) && typeof each !== "string") continue;
    const isOne = SENTENCES.has(key) || more.some(({ fields }) => fields.includes(key));
    const told = walk(each, isOne);
    if (told !== each) (walked ??= { ...record })[key] = told;
  }
  return walked ?? value;
}

const NUMBERS = /^(\d{1,4})([-./ ])(\d{1,2})\2(\d{1,4})$/;
const CLOCK = /^(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\.?$/i;

/** "2028-02-05" of a date that was typed in the learner's order; else the text as it is. */
export function dateIn(text: string): string {
  const [, one = "", , two = "", three = ""] = NUMBERS.exec(text.trim()) ?? [];
  const [year, month, day] =
    one.length === 4
      ? [one, two, three]
      : style.order === "monthFirst"
        ? [three, one, two]
        : [three, two, one];
  if (year.length !== 4) return text;
  const number = dayNumber(Number(year), Number(month) - 1, Number(day));
  const isDate = formatDay(number) === [year, pad(month), pad(day)].join("-");
  return isDate ? formatDay(number) : text;
}

/** "19:00" of a time such as "7 pm"; else the text as it is. */
export function clockIn(text: string): string {
  const [, hour = "", minute = "00", half = ""] = CLOCK.exec(text.trim()) ?? [];
  if (hour === "" || Number(hour) < 1 || Number(hour) > 12) return text;
  const of24 = (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  return `${pad(String(of24))}:${minute}`;
}

function pad(text: string): string {
  return text.padStart(2, "0");
}

/** The fields of a change that may hold a date, a time, or both with a "T" between. */
const TYPED: ReadonlySet<string> = new Set(["value", "start", "first", "last", "from", "to"]);

/** A change with its typed dates and times as the core reads them. */
export function meant<Sent extends Change | null>(change: Sent): Sent {
  return read(change, false) as Sent;
}

function read(value: unknown, isTyped: boolean): unknown {
  if (typeof value === "string") return isTyped ? momentIn(value) : value;
  if (Array.isArray(value)) return value.map((each) => read(each, false));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, read(each, TYPED.has(key))]),
  );
}

function momentIn(text: string): string {
  const [date = "", time, ...more] = text.split("T");
  if (time === undefined || more.length > 0) return clockIn(dateIn(text));
  return `${dateIn(date)}T${clockIn(time)}`;
}

/** For the bridge. */
export const translation: Translation = { told, meant, inStyle };
