import { expect, test } from "vitest";
import { dayOf } from "../words/dates";
import { axis, tierCount } from "./axis";

/** The axis of a whole plan that begins on `start`. */
function whole(start: string, days: number, pixelsPerDay: number, from = 0) {
  const width = (days - from) * pixelsPerDay;
  return axis(dayOf(start), { from, pixelsPerDay, width }, { from: 0, to: width });
}

const labels = (tier: { label: string }[] | undefined) => tier?.map((cell) => cell.label);

test("months begin on the first of the month, over a leap day and a new year", () => {
  const [months] = whole("2027-12-20", 80, 10).tiers;
  expect(labels(months)).toEqual([
    "December 2027",
    "January 2028",
    "February 2028",
    "Mar 2028",
  ]);
  // 20 December is x 0; 1 January is 12 days on, 1 February 31 more, 1 March 29 more.
  expect(months?.map((cell) => cell.x)).toEqual([0, 120, 430, 720]);
  expect(months?.at(-1)?.width).toBe(80);
});

test("weeks count from the plan's first day and thin out when zooming out", () => {
  const weeks = (pixelsPerDay: number) =>
    labels(whole("2027-01-06", 140, pixelsPerDay).tiers[1]);
  expect(weeks(6)?.slice(0, 3)).toEqual(["W1", "W2", "W3"]);
  expect(weeks(3)?.slice(0, 3)).toEqual(["W1", "W3", "W5"]);
  expect(weeks(1.5)?.slice(0, 3)).toEqual(["W1", "W5", "W9"]);
  expect(weeks(14)?.at(-1)).toBe("Week 20");
});

test("days before the start are on the axis but in no week", () => {
  const { tiers } = whole("2027-01-04", 28, 10, -14);
  expect(labels(tiers[0])).toEqual(["Dec 2026", "January 2027"]);
  expect(tiers[1]?.[0]).toMatchObject({ x: 140, label: "W1" });
});

test("each zoom labels the units that have room", () => {
  const units = (pixelsPerDay: number) =>
    whole("2027-01-04", 400, pixelsPerDay).tiers.map((tier) => tier[1]?.label);
  expect(units(0.05)).toEqual([undefined, undefined]);
  expect(units(0.5)).toEqual(["2028", "Q2"]);
  expect(units(2)).toEqual(["Feb", "W5"]);
  expect(units(60)).toEqual(["February 2027", "Week 2", "Tue 5"]);
  expect(units(300)).toEqual(["February 2027", "Tuesday 5 January", "06:00"]);
  expect(units(1200)[2]).toBe("01:00");
  for (const pixelsPerDay of [0.05, 0.5, 2, 23.9, 24, 60, 200, 1200]) {
    expect(whole("2027-01-04", 400, pixelsPerDay).tiers).toHaveLength(tierCount(pixelsPerDay));
  }
});

test("the cells of a tier are adjacent and cover exactly the requested span", () => {
  for (const pixelsPerDay of [0.1, 0.4, 2.3, 30, 77, 500]) {
    const span = { from: 1000, to: 2500 };
    const scale = { from: 0, pixelsPerDay, width: 4000 * pixelsPerDay + 3000 };
    for (const tier of axis(dayOf("2027-01-04"), scale, span).tiers) {
      expect(tier[0]?.x).toBeLessThanOrEqual(span.from);
      tier.slice(1).forEach((cell, at) => {
        expect(cell.x).toBeCloseTo((tier[at]?.x ?? 0) + (tier[at]?.width ?? 0), 6);
      });
      const last = tier.at(-1);
      expect((last?.x ?? 0) + (last?.width ?? 0)).toBeGreaterThanOrEqual(span.to);
      expect(tier.length).toBeLessThan(120);
    }
  }
});

test("weekends are shaded once days are wide enough", () => {
  expect(whole("2027-01-04", 14, 10).weekends.map(({ x }) => x)).toEqual([50, 60, 120, 130]);
  expect(whole("2027-01-04", 14, 5).weekends).toEqual([]);
});
