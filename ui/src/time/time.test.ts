import { expect, test } from "vitest";
import type { ExceptionEntry, WindowEntry } from "../bridge";
import { withAnother, without, withTimes } from "./windows";
import { datesOf, inOrder, kindOf } from "./words";

const tuesday: WindowEntry = { day: "tue", from: "19:00", to: "20:30" };

test("another window begins half an hour after the last one of its day, if there is room", () => {
  expect(withAnother([tuesday], "tue")).toEqual([
    tuesday,
    { day: "tue", from: "21:00", to: "22:00" },
  ]);
  const late: WindowEntry = { day: "tue", from: "20:00", to: "23:00" };
  expect(withAnother([late], "tue")).toEqual([late]);
});

test("on a day without windows it takes the time of the others", () => {
  expect(withAnother([tuesday], "sun")).toEqual([
    tuesday,
    { day: "sun", from: "19:00", to: "20:30" },
  ]);
  expect(withAnother([], "sat")).toEqual([{ day: "sat", from: "19:00", to: "20:30" }]);
});

test("windows are changed and removed by number", () => {
  const sunday: WindowEntry = { day: "sun", from: "09:00", to: "11:00" };
  expect(withTimes([tuesday, sunday], 1, { to: "12:" })).toEqual([
    tuesday,
    { ...sunday, to: "12:" },
  ]);
  expect(without([tuesday, sunday], 0)).toEqual([sunday]);
});

test("exceptions are described in order of date", () => {
  const off: ExceptionEntry = { kind: "time-off", first: "2027-08-09", last: "2027-08-22" };
  const other: ExceptionEntry = {
    kind: "other-hours",
    first: "2027-02-22",
    last: "2027-03-07",
    week_minutes: 270,
  };
  const extra: ExceptionEntry = {
    kind: "extra-window",
    first: "2027-12-31",
    last: "2028-01-01",
    from: "10:00",
    to: "12:00",
  };
  const said = inOrder([off, extra, other]).map((each) => `${kindOf(each)}: ${datesOf(each)}`);
  expect(said).toEqual([
    "4 h 30 min a week: 22 Feb – 7 Mar 2027",
    "Time off: 9–22 Aug 2027",
    "Extra time 10:00–12:00: 31 Dec 2027 – 1 Jan 2028",
  ]);
});
