import { expect, test } from "vitest";
import { chartOf, DAY, HOUR, itemOf, phaseOf, planOf, SMALL_CHART } from "../fixtures/view";
import { dayOf, weekOf } from "../words/dates";
import { amountOf, daysOfWeek, hoursOf, nextBlock } from "./week";

const FIRST = dayOf("2027-01-04");
const days = daysOfWeek(SMALL_CHART, planOf(), FIRST);
const keys = (at: number) => days[at]?.blocks.map(({ key }) => key);

test("a week begins on the plan's first day of the week", () => {
  expect(weekOf(dayOf("2027-01-06"), "mon")).toBe(FIRST);
  expect(weekOf(FIRST, "mon")).toBe(FIRST);
  expect(weekOf(FIRST, "sun")).toBe(FIRST - 1);
});

test("each session is on its day, at its time", () => {
  expect([keys(0), keys(1), keys(2), keys(3)]).toEqual([
    ["python 0"],
    ["python 1"],
    ["linux 0"],
    [],
  ]);
  expect(days[0]?.blocks[0]).toMatchObject({ from: 19 * HOUR, to: 20.5 * HOUR });
});

test("sessions of other weeks are left out", () => {
  const next = daysOfWeek(SMALL_CHART, planOf(), FIRST + 7);
  expect(next.flatMap(({ blocks }) => blocks.map(({ key }) => key))).toEqual(["docker 0"]);
  expect(daysOfWeek(SMALL_CHART, planOf(), FIRST - 7).flatMap(({ blocks }) => blocks)).toEqual(
    [],
  );
});

test("a session past midnight ends with its day", () => {
  const late = chartOf([phaseOf(1, [itemOf("late", [DAY - HOUR, 2 * HOUR])])]);
  expect(daysOfWeek(late, planOf(), FIRST)[0]?.blocks[0]?.to).toBe(DAY);
});

test("the hours hold early and late sessions and study times", () => {
  expect(hoursOf(days)).toEqual({ from: 8, to: 22 });
  const early = planOf({ windows: [{ day: "mon", from: "05:30", to: "06:30" }] });
  expect(hoursOf(daysOfWeek(SMALL_CHART, early, FIRST))).toEqual({ from: 5, to: 22 });
});

test("a freed session isn't shown", () => {
  const freed = chartOf([phaseOf(1, [itemOf("a", [HOUR, 60], { states: ["freed"] })])]);
  expect(daysOfWeek(freed, planOf(), FIRST)[0]?.blocks).toEqual([]);
});

test("time off takes the day's study time away", () => {
  const plan = planOf({ windows: [{ day: "mon", from: "19:00", to: "20:00" }] });
  plan.time.exceptions = [{ kind: "time-off", first: "2027-01-04", last: "2027-01-05" }];
  const [monday, tuesday, wednesday] = daysOfWeek(SMALL_CHART, plan, FIRST);
  expect([monday?.isOff, tuesday?.isOff, wednesday?.isOff]).toEqual([true, true, false]);
  expect(monday?.study).toEqual([]);
});

test("the amount of a week counts what is done", () => {
  expect(amountOf(days)).toEqual({ planned: 240, done: 0 });
});

test("arrows go to the next session of the day, and to the nearest in time of other days", () => {
  const chart = chartOf([
    phaseOf(1, [
      itemOf("a", [9 * HOUR, 60, 19 * HOUR, 60]),
      itemOf("b", [3 * DAY + 10 * HOUR, 60, 3 * DAY + 18 * HOUR, 60]),
    ]),
  ]);
  const week = daysOfWeek(chart, planOf(), FIRST);
  expect(nextBlock(week, "a 0", "down")?.key).toBe("a 1");
  expect(nextBlock(week, "a 1", "down")).toBe(null);
  expect(nextBlock(week, "a 1", "right")?.key).toBe("b 1");
  expect(nextBlock(week, "b 0", "left")?.key).toBe("a 0");
  expect(nextBlock(week, "a 0", "left")).toBe(null);
});
