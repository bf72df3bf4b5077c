import { expect, test } from "vitest";
import { dayOf, formatDay } from "../words/dates";
import { datesIn } from "./dates";

/** A Wednesday. */
const NOW = { today: dayOf("2027-01-06"), weekStart: "mon" } as const;

/** "2027-01-09", "2027-08-09..2027-08-22", with what is left of the text: "off: …". */
function said(text: string): string[] {
  return datesIn(text, NOW).map(({ range: { first, last }, rest }) => {
    const dates = first === last ? formatDay(first) : `${formatDay(first)}..${formatDay(last)}`;
    return rest === "" ? dates : `${rest}: ${dates}`;
  });
}

test("days are found as people say them", () => {
  expect(said("today")).toEqual(["2027-01-06"]);
  expect(said("Tomorrow")).toEqual(["2027-01-07"]);
  expect(said("yesterday")).toEqual(["2027-01-05"]);
  expect(said("friday")).toEqual(["2027-01-08"]);
  expect(said("mon")).toEqual(["2027-01-11"]);
  expect(said("next fri")).toEqual(["2027-01-15"]);
  expect(said("this monday")).toEqual(["2027-01-04"]);
  expect(said("last friday")).toEqual(["2027-01-01"]);
  expect(said("last monday")).toEqual(["2027-01-04"]);
  expect(said("in 3 days")).toEqual(["2027-01-09"]);
  expect(said("in two weeks")).toEqual(["2027-01-20"]);
  expect(said("in a month")).toEqual(["2027-02-06"]);
  expect(said("2 weeks ago")).toEqual(["2026-12-23"]);
});

test("dates may be written in any usual way, and mean the next one without a year", () => {
  expect(said("2027-08-09")).toEqual(["2027-08-09"]);
  for (const text of [
    "9 aug",
    "9th of August",
    "august 9",
    "Aug 9, 2027",
    "9.8.",
    "9.8.2027",
  ]) {
    expect(said(text), text).toEqual(["2027-08-09"]);
  }
  expect(said("5 jan")).toEqual(["2028-01-05"]);
  expect(said("5 jan 2027")).toEqual(["2027-01-05"]);
  expect(said("29 feb")).toEqual(["2028-02-29"]);
});

test("a date with a slash may be read in two ways", () => {
  expect(said("3/4")).toEqual(["2027-04-03", "2027-03-04"]);
  expect(said("31/8/2027")).toEqual(["2027-08-31"]);
});

test("weeks, months and ranges are found", () => {
  expect(said("next week")).toEqual(["2027-01-11..2027-01-17"]);
  expect(said("this month")).toEqual(["2027-01-01..2027-01-31"]);
  expect(said("february")).toEqual(["2027-02-01..2027-02-28"]);
  expect(said("march 2028")).toEqual(["2028-03-01..2028-03-31"]);
  expect(said("9-22 aug")).toEqual(["2027-08-09..2027-08-22"]);
  expect(said("9 – 22 August 2028")).toEqual(["2028-08-09..2028-08-22"]);
  expect(said("aug 9 to 22")).toEqual(["2027-08-09..2027-08-22"]);
  expect(said("28 dec until 3 jan")).toEqual(["2027-12-28..2028-01-03"]);
  expect(said("2027-08-09 to 2027-08-22")).toEqual(["2027-08-09..2027-08-22"]);
});

test("the other words are kept", () => {
  expect(said("holiday 9–22 aug")).toEqual(["holiday: 2027-08-09..2027-08-22"]);
  expect(said("finish by 1 june")).toEqual(["finish by: 2027-06-01"]);
});

test("no date is found where there is none", () => {
  for (const text of [
    "",
    "python",
    "marching",
    "monolith",
    "31 february",
    "22-9 aug",
    "2027",
  ]) {
    expect(said(text), text).toEqual([]);
  }
});
