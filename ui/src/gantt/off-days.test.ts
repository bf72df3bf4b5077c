import { expect, test } from "vitest";
import type { ExceptionEntry } from "../bridge";
import { dayOf } from "../words/dates";
import { offDays } from "./off-days";

const ORIGIN = dayOf("2027-01-04");
const scale = { from: 0, pixelsPerDay: 10, width: 400 };
const pane = { x: 0, y: 0, width: 400, height: 100 };

test("time off covers its days from the first morning to the last midnight", () => {
  const off: ExceptionEntry = { kind: "time-off", first: "2027-01-06", last: "2027-01-08" };
  expect(offDays([off], ORIGIN, scale, pane)).toEqual([{ kind: "time-off", x: 20, width: 30 }]);
});

test("a band ends at the pane, and one outside it isn't drawn", () => {
  const long: ExceptionEntry = {
    kind: "other-hours",
    first: "2026-12-01",
    last: "2027-01-05",
    week_minutes: 60,
  };
  expect(offDays([long], ORIGIN, scale, pane)).toEqual([
    { kind: "other-hours", x: 0, width: 20 },
  ]);
  expect(offDays([long], ORIGIN, scale, { ...pane, x: 100, width: 100 })).toEqual([]);
});

test("extra time has no band", () => {
  const extra: ExceptionEntry = {
    kind: "extra-window",
    first: "2027-01-06",
    last: "2027-01-06",
    from: "10:00",
    to: "12:00",
  };
  expect(offDays([extra], ORIGIN, scale, pane)).toEqual([]);
});
