import { expect, test } from "vitest";
import { count, effort, hours, hoursIn, hoursText, shift, shortEffort } from "./amounts";
import {
  clock,
  dateRange,
  dayOf,
  formatDay,
  longDate,
  narrowDate,
  parseDay,
  weekdayIndex,
  weekFrom,
} from "./dates";

test("only dates of the calendar are parsed", () => {
  expect(parseDay("2028-02-29")).not.toBeNull();
  for (const text of ["2027-02-29", "2027-02-31", "2027-13-01", "2027-1-4", "", "tomorrow"]) {
    expect(parseDay(text), text).toBeNull();
  }
});

test("days are counted and named across leap days, years and before 1970", () => {
  expect(dayOf("2028-03-01") - dayOf("2028-02-28")).toBe(2);
  expect(dayOf("2027-03-01") - dayOf("2027-02-28")).toBe(1);
  expect(formatDay(dayOf("2027-12-31") + 1)).toBe("2028-01-01");
  expect(longDate(dayOf("2028-02-05"))).toBe("Saturday 5 February 2028");
  expect(narrowDate(dayOf("2028-02-05"))).toBe("5 Feb ’28");
  expect(weekdayIndex(dayOf("1969-12-31"))).toBe(2);
  expect(weekFrom("sun")).toEqual(["sun", "mon", "tue", "wed", "thu", "fri", "sat"]);
});

test("a date range names the year twice only if it changes", () => {
  const range = (a: string, b: string) => dateRange(dayOf(a), dayOf(b));
  expect(range("2027-01-04", "2027-01-13")).toBe("Mon 4 Jan – Wed 13 Jan 2027");
  expect(range("2027-12-30", "2028-01-02")).toBe("Thu 30 Dec 2027 – Sun 2 Jan 2028");
  expect(range("2027-01-04", "2027-01-04")).toBe("Mon 4 Jan 2027");
});

test("hours are parsed with a point or a comma", () => {
  expect([hoursIn("7,5"), hoursIn(" 10 "), hoursIn("7 h 30 min"), hoursIn("7:15")]).toEqual([
    7.5, 10, 7.5, 7.25,
  ]);
  expect([hoursText(7.25), hoursText(22 / 3)]).toEqual(["7.25", "7 h 20 min"]);
  for (const text of ["", "10x", "ten"]) expect(hoursIn(text), text).toBeNaN();
});

test("an amount is rounded to the minute before it is split into hours", () => {
  expect(effort(779.7)).toBe("13 h");
  expect(effort(59.6)).toBe("1 h");
});

test("times and amounts are written plainly", () => {
  expect(clock(1440 * 3 + 19 * 60 + 5)).toBe("19:05");
  expect(effort(450)).toBe("7 h 30 min");
  expect(effort(45)).toBe("45 min");
  expect(effort(720)).toBe("12 h");
  expect(effort(1240 * 60)).toBe("1,240 h");
  expect([shortEffort(90), shortEffort(435), shortEffort(490)]).toEqual([
    "1.5 h",
    "7.25 h",
    "8 h 10 min",
  ]);
  expect(hours(1240.25)).toBe("1,240.25");
  expect([count(1, "session"), count(1234, "session")]).toEqual([
    "1 session",
    "1,234 sessions",
  ]);
  expect([shift(-42), shift(3), shift(-1), shift(0)]).toEqual([
    "6 weeks earlier",
    "3 days later",
    "1 day earlier",
    "",
  ]);
});
